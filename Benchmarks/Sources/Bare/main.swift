import Wayfold
import WayfoldCLI

// The program `wayfold` without a view: what an import costs by itself.
await WayfoldProgram.main(catalogue: Catalogue([]))

import Wayfold
import WayfoldCLI

await WayfoldProgram.main(catalogue: .standard)

import Wayfold
import WayfoldCLI

// The program `wayfold` itself, built with the rest so that the libraries are compiled once.
await WayfoldProgram.main(catalogue: .standard)

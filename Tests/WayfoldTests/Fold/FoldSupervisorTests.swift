import Foundation
import Testing
import Touchpoints

@testable import Wayfold

struct FoldSupervisorTests {
    @Test func `an answer is read, however it is cut`() async throws {
        let worker = FakeWorker.script(
            #"read line; printf 'at 5 '; sleep 0.05; printf '9\naside rfm 2\nd'; sleep 0.05; echo 'one 9'"#)
        let seen = Kept<String>()
        let supervisor = FoldSupervisor(command: worker)
        let outcome = try await supervisor.run("follow") { seen.values.append("\($0)") }
        #expect(outcome.position.rawValue == 9)
        #expect(outcome.setAside.map { "\($0.view) \($0.count)" } == ["rfm 2"])
        #expect(seen.values.count == 1)
    }

    @Test func `a worker that traps is started again and told so`() async throws {
        let scratch = try Scratch()
        let worker = FakeWorker.script(
            #"echo "$*" >> \#(scratch.path)/calls; read line; [ "$1" = --accused ] && { echo "done 3"; exit; }; kill -ILL $$"#
        )
        #expect(try await FoldSupervisor(command: worker).run("finish").position.rawValue == 3)
        #expect(try String(contentsOfFile: scratch.path + "/calls", encoding: .utf8) == "\n--accused\n")
    }

    @Test func `a worker that is killed is started again, but not for ever`() async throws {
        let scratch = try Scratch()
        let worker = FakeWorker.script(#"echo x >> \#(scratch.path)/calls; read line; kill -KILL $$"#)
        let failure = await #expect(throws: FoldFailure.self) {
            try await FoldSupervisor(command: worker).run("follow")
        }
        #expect(failure?.description.contains("signal 9") == true)
        #expect(try String(contentsOfFile: scratch.path + "/calls", encoding: .utf8) == "x\nx\nx\n")
    }

    @Test func `what a worker says before it ends is told, also when it ends before it is asked`() async throws {
        let worker = FakeWorker.script("echo 'failed no room left'; exit 1")
        for _ in 0..<5 {
            let supervisor = FoldSupervisor(command: worker)
            await #expect(throws: FoldFailure("no room left")) { try await supervisor.run("follow") }
        }
        await #expect(throws: FoldFailure("the fold worker ended with status 4")) {
            try await FoldSupervisor(command: FakeWorker.script("read line; exit 4")).run("follow")
        }
        await #expect(throws: FoldFailure("the fold worker said: hello")) {
            try await FoldSupervisor(command: FakeWorker.script("read line; echo hello")).run("follow")
        }
    }

    /// A worker that folds as soon as there is a file `room`.
    private func hopeful(in scratch: Scratch) -> [String] {
        FakeWorker.script(
            #"echo x >> \#(scratch.path)/calls; [ -e \#(scratch.path)/room ] || { echo 'failed no room'; exit 1; }; "#
                + #"while read line; do echo "done 7 9"; done"#)
    }

    private func wait(until isTrue: () -> Bool) async throws {
        for _ in 0..<4_000 where !isTrue() { try await Task.sleep(for: .milliseconds(5)) }
        #expect(isTrue())
    }

    @Test func `following that fails says why, and goes on when it can`() async throws {
        let scratch = try Scratch()
        let supervisor = FoldSupervisor(command: hopeful(in: scratch), pauseAfterFailure: .zero)
        supervisor.follow()
        try await wait { supervisor.failure == FoldFailure("no room") }
        #expect(supervisor.earliestWakeUp == nil)
        _ = try scratch.file("room", "")
        supervisor.follow()
        try await wait { supervisor.failure == nil }
        #expect(supervisor.earliestWakeUp == Timestamp(microseconds: 9))
        supervisor.abandon()
    }

    @Test func `a worker that cannot fold is not started again for each append`() async throws {
        let scratch = try Scratch()
        let supervisor = FoldSupervisor(command: hopeful(in: scratch), pauseAfterFailure: .seconds(3_600))
        supervisor.follow()
        try await wait { supervisor.failure != nil }
        for _ in 0..<20 {
            supervisor.follow()
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(try String(contentsOfFile: scratch.path + "/calls", encoding: .utf8) == "x\n")
        // What is asked for by name is done.
        await #expect(throws: FoldFailure("no room")) { try await supervisor.run("finish") }
    }
}

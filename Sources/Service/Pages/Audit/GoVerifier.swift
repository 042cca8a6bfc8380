/// A program in Go that verifies a receipt with the code of Go's checksum database, and none of ours.
enum GoVerifier {
    static let program = #"""
        package main

        import (
            "encoding/base64"
            "fmt"
            "os"
            "strconv"
            "strings"

            "golang.org/x/mod/sumdb/note"
            "golang.org/x/mod/sumdb/tlog"
        )

        func must[T any](value T, err error) T {
            if err != nil {
                fmt.Println("NOT PROVED:", err)
                os.Exit(1)
            }
            return value
        }

        func hash(text string) (h tlog.Hash) {
            copy(h[:], must(base64.StdEncoding.DecodeString(text)))
            return h
        }

        func main() { // KEY RECEIPT
            key := must(note.NewVerifier(os.Args[1]))
            proof, signed, _ := strings.Cut(string(must(os.ReadFile(os.Args[2]))), "\n\n")
            head := strings.Split(must(note.Open([]byte(signed), note.VerifierList(key))).Text, "\n")
            size := must(strconv.ParseInt(head[1], 10, 64))
            lines := strings.Split(proof, "\n")
            extra := must(base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra ")))
            leaf, _, _ := strings.Cut(string(extra), "\n")
            index := must(strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64))
            var path tlog.RecordProof
            for _, line := range lines[3:] {
                path = append(path, hash(line))
            }
            must(0, tlog.CheckRecord(path, size, hash(head[2]), index, tlog.RecordHash([]byte(leaf))))
            fmt.Printf("%s has signed a log of %d events with this one:\n%s\n", key.Name(), size, leaf)
        }
        """#
}

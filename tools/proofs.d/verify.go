// Verifies what Wayfold proves with Go's own checksum database code, and nothing of ours.
//
//	verify receipts KEY FILE            receipts, each behind a line with its length; prints how many hold and how many do not
//	verify grown KEY OLD PROOF          a proof of consistency, from a signed checkpoint on
//	verify tiles KEY DIR                a log as tiles: each entry's proof, made of the tiles, against the checkpoint
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var strict = base64.StdEncoding.Strict()

type head struct {
	size int64
	root tlog.Hash
}

// checkpoint verifies a signed checkpoint. Go's note does not mind how the last digit of a signature is spelled; we do.
func checkpoint(verifier note.Verifier, text []byte) (h head, err error) {
	n, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return h, err
	}
	if _, err := strict.DecodeString(n.Sigs[0].Base64); err != nil {
		return h, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return h, errors.New("no checkpoint of this log")
	}
	if h.size, err = number(lines[1]); err != nil {
		return h, err
	}
	h.root, err = hash(lines[2])
	return h, err
}

func number(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != text || n < 0 {
		return 0, errors.New("no number")
	}
	return n, nil
}

func hash(text string) (h tlog.Hash, err error) {
	b, err := strict.DecodeString(text)
	if err != nil || len(b) != tlog.HashSize {
		return h, errors.New("no hash")
	}
	copy(h[:], b)
	return h, nil
}

func hashes(lines []string) (list []tlog.Hash, err error) {
	for _, line := range lines {
		h, err := hash(line)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

// parts cuts a proof into its lines and the signed checkpoint behind the first empty line.
func parts(text []byte) ([]string, []byte, error) {
	at := bytes.Index(text, []byte("\n\n"))
	if at < 0 {
		return nil, nil, errors.New("no empty line")
	}
	return strings.Split(string(text[:at]), "\n"), text[at+2:], nil
}

func receipt(verifier note.Verifier, text []byte) error {
	lines, signed, err := parts(text)
	if err != nil {
		return err
	}
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") ||
		!strings.HasPrefix(lines[2], "index ") {
		return errors.New("no receipt")
	}
	extra, err := strict.DecodeString(lines[1][len("extra "):])
	if err != nil {
		return err
	}
	index, err := number(lines[2][len("index "):])
	if err != nil {
		return err
	}
	proof, err := hashes(lines[3:])
	if err != nil {
		return err
	}
	h, err := checkpoint(verifier, signed)
	if err != nil {
		return err
	}
	entry := bytes.SplitN(extra, []byte("\n"), 2)[0]
	return tlog.CheckRecord(tlog.RecordProof(proof), h.size, h.root, index, tlog.RecordHash(entry))
}

func receipts(verifier note.Verifier, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	reader := bufio.NewReaderSize(file, 1<<20)
	good, bad := 0, 0
	for {
		line, err := reader.ReadString('\n')
		if err == io.EOF {
			break
		}
		length, err := number(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return err
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(reader, text); err != nil {
			return err
		}
		if receipt(verifier, text) == nil {
			good++
		} else {
			bad++
		}
	}
	fmt.Println(good, bad)
	return nil
}

func grown(verifier note.Verifier, oldPath, proofPath string) error {
	oldText, err := os.ReadFile(oldPath)
	if err != nil {
		return err
	}
	old, err := checkpoint(verifier, oldText)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(proofPath)
	if err != nil {
		return err
	}
	lines, signed, err := parts(text)
	if err != nil {
		return err
	}
	if lines[0] != fmt.Sprintf("old %d", old.size) {
		return errors.New("it goes on from another checkpoint")
	}
	proof, err := hashes(lines[1:])
	if err != nil {
		return err
	}
	h, err := checkpoint(verifier, signed)
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(proof), h.size, h.root, old.size, old.root)
}

// tiles reads what `wayfold checkpoint --tiles` wrote; Go's own paths hold the height, too.
type tiles struct{ folder string }

func (t tiles) Height() int                           { return 8 }
func (t tiles) SaveTiles(list []tlog.Tile, b [][]byte) {}
func (t tiles) ReadTiles(list []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range list {
		b, err := os.ReadFile(filepath.Join(t.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		data = append(data, b)
	}
	return data, nil
}

func allTiles(verifier note.Verifier, folder string) error {
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	h, err := checkpoint(verifier, text)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tlog.Tree{N: h.size, Hash: h.root}, tiles{folder})
	for first := int64(0); first < h.size; first += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: 256}
		if h.size-first < 256 {
			tile.W = int(h.size - first)
		}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return err
		}
		var places []int64
		var leaves []tlog.Hash
		for i := first; len(bundle) > 0; i++ {
			length := int(bundle[0])<<8 | int(bundle[1])
			leaves = append(leaves, tlog.RecordHash(bundle[2:2+length]))
			places = append(places, tlog.StoredHashIndex(0, i))
			bundle = bundle[2+length:]
		}
		if len(leaves) != tile.W {
			return fmt.Errorf("%s has %d entries", path, len(leaves))
		}
		// The reader holds each tile against the root.
		stored, err := reader.ReadHashes(places)
		if err != nil {
			return err
		}
		for i := range stored {
			if stored[i] != leaves[i] {
				return fmt.Errorf("entry %d is another one", first+int64(i))
			}
		}
	}
	fmt.Println(h.size)
	return nil
}

func main() {
	verifier, err := note.NewVerifier(os.Args[2])
	if err == nil {
		switch os.Args[1] {
		case "receipts":
			err = receipts(verifier, os.Args[3])
		case "grown":
			err = grown(verifier, os.Args[3], os.Args[4])
		case "tiles":
			err = allTiles(verifier, os.Args[3])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Why BuildKit refuses each of some Dockerfiles: what it says when it makes the steps of a build of all stages, as
// `--call=check` does on a builder, with an image that sets nothing in the place of each base image.
// Standard input: a JSON array of texts. Standard output: an array of messages, empty where the text is taken.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

type plainImages struct{}

const plain = `{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers",` +
	`"diff_ids":["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}`

func (plainImages) ResolveImageConfig(
	_ context.Context, ref string, _ sourceresolver.Opt,
) (string, digest.Digest, []byte, error) {
	return ref, "", []byte(plain), nil
}

func read(text string) (message string) {
	defer func() {
		if fault := recover(); fault != nil {
			message = fmt.Sprint("panic: ", fault)
		}
	}()
	caps := pb.Caps.CapSet(pb.Caps.All())
	_, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(text), dockerfile2llb.ConvertOpt{
		MetaResolver:   plainImages{},
		TargetPlatform: &ocispecs.Platform{OS: "linux", Architecture: "amd64"},
		LLBCaps:        &caps,
		AllStages:      true,
	})
	if err != nil {
		return err.Error()
	}
	return ""
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	messages := make([]string, len(texts))
	for i, text := range texts {
		messages[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(messages); err != nil {
		panic(err)
	}
}

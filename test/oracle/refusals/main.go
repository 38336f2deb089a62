// Why BuildKit refuses each of some Dockerfiles, as far as their text alone decides: its parser, its reading of the
// instructions, and its lexer for variables, of which every one has the value `x`.
// Standard input: a JSON array of texts. Standard output: an array of messages, empty where the text is taken.
package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/sys/signal"
	"github.com/pkg/errors"
)

type everything struct{}

func (everything) Get(string) (string, bool) { return "x", true }
func (everything) Keys() []string            { return nil }

func expander(lex *shell.Lex) instructions.SingleWordExpander {
	return func(word string) (string, error) {
		result, err := lex.ProcessWordWithMatches(word, everything{})
		return result.Result, err
	}
}

func read(text string) error {
	ast, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return err
	}
	stages, args, err := instructions.Parse(ast.AST, linter.New(&linter.Config{}))
	if err != nil {
		return err
	}
	if len(stages) == 0 {
		return errors.New("dockerfile contains no stages to build")
	}
	lex := shell.NewLex(ast.EscapeToken)
	for _, arg := range args {
		if err := expand(&arg, lex); err != nil {
			return err
		}
	}
	for _, stage := range stages {
		for _, word := range []string{stage.BaseName, stage.Platform} {
			if _, err := expander(lex)(word); err != nil {
				return err
			}
		}
		for _, command := range stage.Commands {
			if err := expand(command, lex); err != nil {
				return err
			}
		}
	}
	return nil
}

// What dockerfile2llb puts variables into, which it does where it makes the steps of a build.
func expand(command instructions.Command, lex *shell.Lex) error {
	switch c := command.(type) {
	case *instructions.ArgCommand:
		for _, arg := range c.Args {
			if arg.Value == nil {
				continue
			}
			if _, err := expander(lex)(*arg.Value); err != nil {
				return err
			}
		}
		return nil
	case *instructions.ExposeCommand:
		for _, port := range c.Ports {
			if _, err := lex.ProcessWords(port, everything{}); err != nil {
				return err
			}
		}
		return nil
	}
	written := ""
	if c, ok := command.(*instructions.StopSignalCommand); ok {
		written = c.Signal
	}
	if c, ok := command.(instructions.SupportsSingleWordExpansion); ok {
		if err := c.Expand(expander(lex)); err != nil {
			return err
		}
	}
	// The value of a variable is not known here; two words are no signal whatever they hold.
	if c, ok := command.(*instructions.StopSignalCommand); ok {
		if !strings.Contains(written, "$") || strings.Contains(c.Signal, " ") {
			if _, err := signal.ParseSignal(c.Signal); err != nil {
				return err
			}
		}
	}
	if c, ok := command.(instructions.SupportsSingleWordExpansionRaw); ok {
		body := shell.NewLex('\\')
		body.SkipProcessQuotes = true
		return c.ExpandRaw(expander(body))
	}
	return nil
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	messages := make([]string, len(texts))
	for i, text := range texts {
		if err := read(text); err != nil {
			messages[i] = err.Error()
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(messages); err != nil {
		panic(err)
	}
}

// What BuildKit's parser reads of some Dockerfiles: each instruction with its lines, flags, words and heredocs.
// Standard input: a JSON array of texts. Standard output: an array with a message where the text is refused, and the
// instructions where it is not.
package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type heredoc struct {
	Name    string `json:"name"`
	Quoted  bool   `json:"quoted"`
	Chomp   bool   `json:"chomp"`
	Content string `json:"content"`
}

type instruction struct {
	Keyword  string       `json:"keyword"`
	Start    int          `json:"start"`
	End      int          `json:"end"`
	Line     string       `json:"line"`
	Flags    []string     `json:"flags"`
	JSON     bool         `json:"json"`
	Words    []string     `json:"words"`
	Heredocs []heredoc    `json:"heredocs"`
	Trigger  *instruction `json:"trigger"`
}

type reading struct {
	Refused      string        `json:"refused"`
	Instructions []instruction `json:"instructions"`
}

func describe(node *parser.Node) instruction {
	it := instruction{
		Keyword: node.Value, Start: node.StartLine, End: node.EndLine, Line: node.Original,
		Flags: []string{}, Words: []string{}, Heredocs: []heredoc{}, JSON: node.Attributes["json"],
	}
	it.Flags = append(it.Flags, node.Flags...)
	for next := node.Next; next != nil; next = next.Next {
		if len(next.Children) > 0 {
			trigger := describe(next.Children[0])
			it.Trigger = &trigger
			break
		}
		it.Words = append(it.Words, next.Value)
	}
	for _, doc := range node.Heredocs {
		it.Heredocs = append(it.Heredocs, heredoc{doc.Name, !doc.Expand, doc.Chomp, doc.Content})
	}
	return it
}

func read(text string) reading {
	result, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return reading{Refused: err.Error()}
	}
	instructions := []instruction{}
	for _, node := range result.AST.Children {
		instructions = append(instructions, describe(node))
	}
	return reading{Instructions: instructions}
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	readings := make([]reading, len(texts))
	for i, text := range texts {
		readings[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(readings); err != nil {
		panic(err)
	}
}

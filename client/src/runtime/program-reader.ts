/**
 * A program for Python that tells which of some files it would end at before or as soon as they run, whose paths come as JSON by its
 * input. `compile` also refuses what `ast.parse` lets pass, as a `return` outside of a function. Of what is done at the left margin, up
 * to a call that may end it all, each name has to be one that the file or Python itself binds (Python documentation, "Naming and
 * binding"); what stands below a condition, `try` or a function may never be done. Nothing of the files runs.
 */
export const programReader = `import ast, builtins, json, sys

GIVEN = set(dir(builtins)) | {"__file__", "__name__", "__doc__", "__package__", "__loader__", "__spec__", "__path__",
                              "__builtins__", "__annotations__", "__cached__", "__dict__", "__module__"}
ELSEWHERE = {"exec", "globals", "locals", "vars", "setattr", "builtins", "get_ipython"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

def names_bound(node, inside, bound):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Global):
            bound.update(child.names)
        elif not inside:
            if isinstance(child, ast.Name) and not isinstance(child.ctx, ast.Load):
                bound.add(child.id)
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                bound.add(child.name)
            elif isinstance(child, ast.alias):
                bound.add((child.asname or child.name).split(".")[0])
            else:
                # The names of what "except", "match" and "type" bind.
                bound.update(one for one in (getattr(child, "name", None), getattr(child, "rest", None)) if isinstance(one, str))
        hides = isinstance(child, FUNCTIONS + COMPREHENSIONS + (ast.ClassDef,))
        names_bound(child, inside or hides, bound)

def done(node):
    """What is looked up for certain when an expression or a simple statement is done."""
    if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
        return
    if isinstance(node, COMPREHENSIONS):
        yield from done(node.generators[0].iter)
    elif isinstance(node, ast.BoolOp):
        yield from done(node.values[0])
    elif isinstance(node, ast.IfExp):
        yield from done(node.test)
    elif isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load):
            yield node
    else:
        for field, child in ast.iter_fields(node):
            if field != "annotation":
                for one in child if isinstance(child, list) else [child]:
                    if isinstance(one, ast.AST):
                        yield from done(one)

SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign)
def unbound(tree):
    looked = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    stars = any(one.name == "*" for one in ast.walk(tree) if isinstance(one, ast.alias))
    if stars or looked & ELSEWHERE:
        return None
    bound = set(GIVEN)
    names_bound(tree, False, bound)
    for statement in tree.body:
        if isinstance(statement, SIMPLE):
            parts = [statement]
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            parts = [statement.iter]
        elif isinstance(statement, (ast.If, ast.While)):
            parts = [statement.test]
        elif isinstance(statement, ast.With):
            parts = [one.context_expr for one in statement.items]
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            parts = statement.decorator_list + statement.args.defaults
        elif isinstance(statement, ast.ClassDef):
            parts = statement.decorator_list + statement.bases
        elif isinstance(statement, ast.Raise):
            return None
        else:
            continue
        for part in parts:
            for one in done(part):
                if one.id not in bound:
                    return one
        if isinstance(statement, FUNCTIONS + (ast.ClassDef,)):
            continue
        calls = [one.func for one in ast.walk(statement) if isinstance(one, ast.Call)]
        if any(getattr(one, "attr", getattr(one, "id", "")) in {"exit", "quit", "_exit", "stop", "abort"} for one in calls):
            return None
    return None

found = []
for path in json.load(sys.stdin):
    try:
        with open(path, "rb") as file:
            text = file.read()
        compile(text, path, "exec", dont_inherit=True)
        name = unbound(ast.parse(text))
        if name is not None:
            found.append({"path": path, "line": name.lineno, "reason": "uses " + name.id + ", to which nothing gives a value"})
    except (SyntaxError, ValueError) as error:
        found.append({"path": path, "line": getattr(error, "lineno", None), "reason": str(getattr(error, "msg", error))})
    except (OSError, RecursionError, MemoryError):
        pass
json.dump(found, sys.stdout)`;

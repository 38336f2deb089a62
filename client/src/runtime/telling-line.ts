// Which line of an output tells why a program failed.

/** How pip, uv, apt, git, compilers, shells, Python, Node, Go and Rust begin the line that counts. */
const telling = [
  /^(?:[\w.]{1,80}\.)?[A-Z]\w{0,60}(?:Error|Exception|Interrupt|NotFound): \S/,
  /^(?:ERROR|error|fatal|Error|FATAL|panic|× .{1,100}|npm (?:ERR!|error)): ?\S|^E: \S/,
  /: (?:fatal )?error: \S/,
  /^(?:\/bin\/)?(?:ba|da|a)?sh: .{1,200}(?:not found|No such file or directory|Permission denied)$/,
];
/** Says that something failed, and not what. */
const empty =
  /^(?:error: (?:subprocess-exited-with-error|metadata-generation-failed)|ERROR: (?:process |failed to |executor failed|No matching distribution found)|npm (?:ERR!|error) A complete log)/;

export const tellsWhy = (line: string): boolean =>
  !empty.test(line) && telling.some((sign) => sign.test(line));

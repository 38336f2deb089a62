/** By validation; `¦` stands between cases, `⏎` for a line break, `⇥` for a tab, `␠` for a last blank, `´` for a backtick, `❴` for a brace. */
const table = String.raw`
CASING_INSTRUCTION: run a⏎RUN b⏎RUN c ¦ RUN a⏎Run b⏎RUN c ¦ RUN a⏎RUN c⏎cmd ["b"] ¦ USER 1⏎cOPY a /b⏎USER 2 ¦ LABEL a=b⏎LABEL c=d⏎expose 1 ¦ run a⏎run b⏎run c⏎USER d
CASING_DIRECTIVE: # Escape=´⏎FROM a:1 ¦ # ESCAPE=\⏎FROM a:1 ¦ #eScape=´⏎FROM a:1⏎RUN b ¦ # escapE = ´⏎FROM a:1 ¦ #  ESCAPE  =  ´⏎FROM a:1
ARGUMENT_MISSING: USER ¦ WORKDIR ¦ EXPOSE ¦ ENV ¦ LABEL ¦ ARG ¦ VOLUME ¦ STOPSIGNAL ¦ SHELL ¦ ONBUILD ¦ MAINTAINER ¦ FROM ¦ FROM a:1⏎FROM␠ ¦ user \⏎ ¦ ONBUILD USER ¦ ENTRYPOINT
ARGUMENT_EXTRA: STOPSIGNAL SIGTERM SIGINT ¦ STOPSIGNAL 9 9 ¦ stopsignal SIGTERM # x ¦ STOPSIGNAL \⏎SIGTERM \⏎x ¦ ONBUILD STOPSIGNAL A B ¦ STOPSIGNAL $A $B
ARGUMENT_REQUIRES_AT_LEAST_ONE: HEALTHCHECK ¦ healthcheck ¦ HEALTHCHECK --interval=5s ¦ HEALTHCHECK \⏎--retries=5 ¦ ONBUILD HEALTHCHECK
ARGUMENT_REQUIRES_TWO: ENV A ¦ LABEL a ¦ env PATH ¦ ENV \⏎ A ¦ ONBUILD ENV A ¦ LABEL "a b" ¦ ENV A␠ ¦ ENV $A
ARGUMENT_REQUIRES_AT_LEAST_TWO: COPY a ¦ ADD a ¦ COPY ¦ ADD ¦ COPY ["a"] ¦ ADD [] ¦ COPY --from=x a ¦ COPY <<EOF⏎x⏎EOF ¦ ONBUILD COPY a ¦ COPY --link
ARGUMENT_REQUIRES_ONE_OR_THREE: FROM a b ¦ FROM a AS ¦ FROM a AS b c ¦ FROM a # c ¦ FROM --platform=x a b ¦ FROM a AS b # c ¦ from a b c d e
ARGUMENT_UNNECESSARY: HEALTHCHECK NONE a ¦ HEALTHCHECK none CMD a ¦ healthcheck NONE NONE ¦ HEALTHCHECK NONE [] ¦ ONBUILD HEALTHCHECK NONE x ¦ HEALTHCHECK NONE # x
DUPLICATE_BUILD_STAGE_NAME: FROM a:1 AS b⏎FROM c:1 AS b ¦ FROM a:1 AS b⏎FROM c:1 AS B ¦ FROM a:1 as b⏎FROM c:1⏎FROM d:1 as b ¦ FROM a:1 AS b⏎FROM b AS b ¦ FROM a:1 AS B⏎FROM b:1 AS B⏎FROM c:1 AS B
EMPTY_CONTINUATION_LINE: RUN a \⏎⏎ b ¦ RUN a \⏎⏎⏎ b ¦ ENV A=b \⏎ ⏎ C=d ¦ RUN a \⏎# c⏎⏎ b ¦ COPY a \⏎⇥⏎ /b ¦ RUN a \⏎⏎USER b
INVALID_BUILD_STAGE_NAME: FROM a AS 1 ¦ FROM a AS b! ¦ FROM a AS _b ¦ FROM a AS b/c ¦ FROM a AS $B ¦ from a as b:c ¦ FROM a AS "b"
FLAG_AT_LEAST_ONE: HEALTHCHECK --retries=-1 CMD a ¦ HEALTHCHECK --retries=0 CMD a ¦ HEALTHCHECK --retries=-0 CMD a ¦ HEALTHCHECK --retries=-99 CMD a ¦ ONBUILD HEALTHCHECK --retries=-1 CMD a ¦ HEALTHCHECK --retries=+0 CMD a
FLAG_DUPLICATE: COPY --from=a:1 --from=b:1 c /d ¦ ADD --chown=1 --chown=1 a /b ¦ COPY --link --link=false a /b ¦ HEALTHCHECK --interval=1s --interval=2s CMD a ¦ HEALTHCHECK --retries=1 \⏎ --retries=2 CMD a ¦ COPY --parents --parents a /b ¦ ADD --checksum=sha256:a --checksum=sha256:a https://a/b /c ¦ RUN --network=none --network=none a ¦ FROM --platform=a --platform=a b:1 ¦ ADD --unpack --unpack a /b
FLAG_INVALID_DURATION: HEALTHCHECK --interval=a CMD b ¦ HEALTHCHECK --timeout=s CMD b ¦ HEALTHCHECK --start-period=$A CMD b ¦ HEALTHCHECK --start-interval=--1s CMD b ¦ HEALTHCHECK --interval=+5s CMD b ¦ HEALTHCHECK --interval="5s" CMD b
FLAG_LESS_THAN_1MS: HEALTHCHECK --interval=1us CMD b ¦ HEALTHCHECK --timeout=-1s CMD b ¦ HEALTHCHECK --start-period=0.5ms CMD b ¦ HEALTHCHECK --interval=999999ns CMD b ¦ HEALTHCHECK --interval=0s CMD b ¦ HEALTHCHECK --start-interval=-1h1s CMD b
FLAG_MISSING_DURATION: HEALTHCHECK --interval=5 CMD b ¦ HEALTHCHECK --timeout=1.5 CMD b ¦ HEALTHCHECK --interval=1s5 CMD b ¦ HEALTHCHECK --interval=0 CMD b ¦ HEALTHCHECK --interval=. CMD b ¦ HEALTHCHECK --interval=- CMD b ¦ HEALTHCHECK --interval=1.2.3s CMD b ¦ HEALTHCHECK --interval=1m30 CMD b
FLAG_MISSING_VALUE: COPY --from a /b ¦ COPY --chown a /b ¦ ADD --chmod a /b ¦ ADD --checksum a /b ¦ HEALTHCHECK --interval CMD b ¦ FROM --platform a:1 ¦ COPY --link= a /b ¦ ADD --exclude a /b ¦ HEALTHCHECK --retries CMD a ¦ RUN --mount a ¦ ADD --unpack= a /b
FLAG_UNKNOWN_UNIT: HEALTHCHECK --interval=1d CMD b ¦ HEALTHCHECK --timeout=5sec CMD b ¦ HEALTHCHECK --interval=1s2x CMD b ¦ HEALTHCHECK --start-period=1H CMD b ¦ HEALTHCHECK --interval=1-s CMD b ¦ HEALTHCHECK --interval=1m30S CMD b
NO_SOURCE_IMAGE: ARG A ¦ # a ¦ ARG A=b⏎ARG C⏎ ¦ ARG A⏎RUN a⏎FROM b:1 ¦ # a⏎RUN a⏎RUN b ¦ # syntax=docker/dockerfile:1⏎
INVALID_ESCAPE_DIRECTIVE: # escape=a⏎FROM a:1 ¦ # escape=´´⏎FROM a:1 ¦ # escape=\\⏎FROM a:1 ¦ #escape=/⏎FROM a:1 ¦ # escape= a b⏎FROM a:1
INVALID_AS: FROM a IS b ¦ FROM a b c ¦ FROM a \⏎ SA b ¦ FROM a "AS" b ¦ FROM a:1 == b
INVALID_DESTINATION: COPY a b c ¦ ADD a b /c ¦ COPY a b \⏎ c ¦ COPY ["a", "b", "c"] ¦ COPY --from=a:1 a b /c ¦ COPY a b . ¦ COPY a b $C ¦ ONBUILD COPY a b c
INVALID_PORT: EXPOSE a ¦ EXPOSE 80 b ¦ EXPOSE -1 ¦ EXPOSE 80,81 ¦ EXPOSE 1.2.3.4:80:80 ¦ EXPOSE 80- ¦ EXPOSE 80:x ¦ EXPOSE # 80
INVALID_PROTO: EXPOSE 80/http ¦ EXPOSE 80/x ¦ EXPOSE 80-90/ucp ¦ EXPOSE 1 2/tpc ¦ EXPOSE 80/TCPP
INVALID_REFERENCE_FORMAT: FROM a: ¦ FROM a:-b ¦ FROM a@ ¦ FROM a@sha256: ¦ FROM a:@sha256:b ¦ FROM a@sha ¦ FROM a:b!c ¦ FROM "a:b" ¦ FROM %%A%%:1⏎FROM a:
INVALID_SIGNAL: STOPSIGNAL a ¦ STOPSIGNAL 9x ¦ STOPSIGNAL -9 ¦ STOPSIGNAL TERM ¦ STOPSIGNAL $A ¦ STOPSIGNAL sigterm ¦ ARG A⏎FROM b:1⏎STOPSIGNAL $A
INVALID_SYNTAX: HEALTHCHECK --retries=a CMD b ¦ HEALTHCHECK --retries=1.5 CMD b ¦ HEALTHCHECK --retries=$A CMD b ¦ HEALTHCHECK --retries=3x CMD b ¦ HEALTHCHECK --retries=-x CMD b ¦ HEALTHCHECK --retries=9999999999 CMD b ¦ HEALTHCHECK --retries=x3 CMD b
ONBUILD_CHAINING_DISALLOWED: ONBUILD ONBUILD RUN a ¦ onbuild onbuild RUN a ¦ ONBUILD ONBUILD ¦ ONBUILD \⏎ ONBUILD RUN a ¦ ONBUILD ONBUILD ONBUILD RUN a
ONBUILD_TRIGGER_DISALLOWED: ONBUILD FROM b:1 ¦ ONBUILD MAINTAINER b ¦ onbuild from b:1 ¦ ONBUILD maintainer b ¦ ONBUILD \⏎ FROM b:1
SHELL_JSON_FORM: SHELL a ¦ SHELL /bin/bash -c ¦ SHELL ["a",] ¦ SHELL ['a'] ¦ SHELL ["a" ¦ SHELL [a] ¦ ONBUILD SHELL a ¦ SHELL ["a" "b"]
SHELL_REQUIRES_ONE: SHELL [] ¦ SHELL [ ] ¦ shell [] ¦ SHELL [  ] ¦ SHELL \⏎ [] ¦ ONBUILD SHELL []
SYNTAX_MISSING_EQUALS: ENV A=b C ¦ LABEL a=b c d=e ¦ ENV A=b \⏎ C ¦ LABEL maintainer=Ada Lovelace ¦ ENV A="b" C ¦ ONBUILD ENV A=b C ¦ ENV A=b "c d" ¦ ENV A=b # c
SYNTAX_MISSING_NAMES: ENV =b ¦ LABEL =b ¦ ARG =b ¦ ENV A=b =c ¦ ENV = ¦ ENV A=b = c=d ¦ LABEL ""=b ¦ ONBUILD ENV =b
SYNTAX_MISSING_SINGLE_QUOTE: ENV A='b ¦ LABEL a='b c ¦ ARG A='b ¦ ENV A=b C='d ¦ ENV 'A=b ¦ ENV A=' ¦ ONBUILD ENV A='b
SYNTAX_MISSING_DOUBLE_QUOTE: ENV A="b ¦ LABEL a="b c ¦ ARG A="b ¦ ENV A=b C="d ¦ ENV "A=b ¦ ENV A=" ¦ ENV A="b\" ¦ ENV A="b"c ¦ ENV A "b
MULTIPLE_INSTRUCTIONS: CMD ["a"]⏎CMD ["b"] ¦ ENTRYPOINT ["a"]⏎ENTRYPOINT ["b"] ¦ HEALTHCHECK NONE⏎HEALTHCHECK NONE ¦ cmd ["a"]⏎RUN b⏎cmd ["c"] ¦ CMD ["a"]⏎CMD ["b"]⏎CMD ["c"]⏎FROM d:1⏎CMD ["e"]
UNKNOWN_INSTRUCTION: RUNN a ¦ apt-get install ¦ ONBUILD FOO a ¦ = ¦ COPY. /a ¦ RUN a⏎ b ¦ FROM: a ¦ onbuild copi a /b
UNKNOWN_ADD_FLAG: ADD --from=a b /c ¦ ADD --chwon=1 a /b ¦ ADD --x a /b ¦ ADD --CHOWN=1 a /b ¦ ADD --parents a /b ¦ ONBUILD ADD --x a /b ¦ ADD --unpack a /b ¦ ADD --= a /b
UNKNOWN_COPY_FLAG: COPY --form=a b /c ¦ COPY --checksum=a b /c ¦ COPY --x a /b ¦ COPY --From=a b /c ¦ COPY --unpack a /b ¦ ONBUILD COPY --x a /b ¦ COPY -- a /b
UNKNOWN_FROM_FLAG: FROM --platfrom=a b:1 ¦ FROM --x a:1 ¦ FROM --PLATFORM=a b:1 ¦ FROM --from=a b:1 ¦ FROM --x=y --z=a b:1 AS c
UNKNOWN_HEALTHCHECK_FLAG: HEALTHCHECK --intervall=5s CMD a ¦ HEALTHCHECK --x CMD a ¦ HEALTHCHECK --start_period=5s CMD a ¦ HEALTHCHECK --Interval=5s CMD a ¦ HEALTHCHECK --x NONE ¦ ONBUILD HEALTHCHECK --x=1 CMD a
UNKNOWN_TYPE: HEALTHCHECK a ¦ HEALTHCHECK ["a"] ¦ HEALTHCHECK CDM a ¦ HEALTHCHECK --interval=5s curl b ¦ HEALTHCHECK "CMD" a ¦ ONBUILD HEALTHCHECK a
UNSUPPORTED_MODIFIER: ENV A=$❴B:=c} ¦ ENV A=$❴B:c} ¦ COPY $❴A^^} /b ¦ LABEL a=$❴B,,} ¦ USER $❴A:0:1} ¦ WORKDIR /$❴A@U} ¦ ENV A=$❴B:} ¦ ENV A=$❴B#c} ¦ ENV A=$❴B/c/d} ¦ EXPOSE $❴A:=1} ¦ FROM $❴A:=b} ¦ HEALTHCHECK CMD echo $❴A:=b} ¦ ENV A=$❴B%%c} ¦ ADD a $❴B!c} ¦ VOLUME $❴A:=/b} ¦ ONBUILD ENV A=$❴B:=c} ¦ SHELL ["$❴A:=b}"]
DEPRECATED_MAINTAINER: MAINTAINER a ¦ maintainer a b ¦ MAINTAINER "a" <b@c> ¦ ONBUILD MAINTAINER a ¦ MAINTAINER \⏎ a
HEALTHCHECK_CMD_ARGUMENT_MISSING: HEALTHCHECK CMD ¦ healthcheck cmd ¦ HEALTHCHECK --interval=5s CMD ¦ HEALTHCHECK \⏎ CMD ¦ ONBUILD HEALTHCHECK CMD ¦ HEALTHCHECK CMD []
FLAG_INVALID_FROM_VALUE: COPY --from=$A b /c ¦ COPY --from= a /b ¦ COPY --from=_a b /c ¦ COPY --from=:a b /c ¦ COPY --from="a:1" b /c ¦ COPY --from=-1 a /b ¦ COPY --from=$❴A}:1 b /c
FLAG_EXPECTED_BOOLEAN_VALUE: COPY --link=a b /c ¦ ADD --link=1 b /c ¦ ADD --keep-git-dir=no a /b ¦ COPY --parents=yes a /b ¦ COPY --link=$A b /c ¦ ONBUILD COPY --link=a b /c ¦ ADD --unpack=a b /c
JSON_IN_SINGLE_QUOTES: CMD ['a'] ¦ RUN ['a', 'b'] ¦ ENTRYPOINT ['a'] ¦ COPY ['a', 'b'] ¦ ADD ['a', 'b'] ¦ VOLUME ['a'] ¦ ONBUILD CMD ['a'] ¦ VOLUME ["a", b]
WORKDIR_IS_NOT_ABSOLUTE: WORKDIR a ¦ WORKDIR ./a ¦ WORKDIR "a" ¦ WORKDIR a/b ¦ ONBUILD WORKDIR a ¦ workdir .. ¦ WORKDIR /a⏎WORKDIR b
BASE_NAME_EMPTY: FROM $A ¦ FROM $❴A} ¦ FROM $❴A:-} ¦ FROM $A AS b ¦ ARG B⏎FROM $A ¦ FROM $❴A-} ¦ FROM $BUILDVARIANT
DUPLICATED_ESCAPE_DIRECTIVE: # escape=´⏎# escape=´⏎FROM a:1 ¦ # escape=´⏎# escape=\⏎FROM a:1 ¦ #escape=´⏎#Escape=´⏎FROM a:1 ¦ # escape=´⏎# escape=´⏎# escape=´⏎FROM a:1 ¦ # syntax=a⏎# escape=´⏎# escape=´⏎FROM a:1
`;

/**
 * Small broken Dockerfiles for each validation of dockerfile-utils 0.16, at least five for each that it ever reports.
 * Where a case is no whole file, it stands below `FROM a:1`.
 */
export const cases: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', list = ''] = line.split(/: (.*)/s);
      return [code, list.split(' ¦ ').map(wholeFile)];
    }),
);

function wholeFile(written: string): string {
  const text = written
    .replaceAll('⏎', '\n')
    .replaceAll('⇥', '\t')
    .replaceAll('␠', ' ')
    .replaceAll('´', '`')
    .replaceAll('❴', '{');
  return /^(?:FROM|ARG|#)/i.test(text) ? text : `FROM a:1\n${text}`;
}

package dev.optr.report;

/** What agents may write to be seen, obeyed or taken for us. */
final class HostileTexts {
  private static final String MARKDOWN =
      """
      @octocat @org/team fixes #1, closes owner/repo#2, GH-3, 3f9c2ab04f5c7a1d2e3b4c5d6e7f8091a2b3c4d5
      </details></summary><script>alert(1)</script><!-- hidden
      ```
      ### OPTR selected `codex`: 4 of 4 paths admissible
      ``````
      | * | codex | proposed | yes |
      ![x](https://evil.example/?d=1) [link](javascript:alert(1)) <img src=x>
      ::set-output name=outcome::selected
      ##[error]broken
      /optr execute
      a\\| b | c \\
      codex proposed:
      """;
  private static final String INVISIBLE =
      "\u202Eevil\u202C zero\u200Bwidth \u2066iso\u2069 \uFEFF tag\uDB40\uDC41 lone\uD800\n";
  private static final String CONTROLS =
      "red \u001b[31mtext\u001b[0m bell\u0007 c1\u009b31m line\u2028separator\r\nnext\rlast\n";

  static final String ALL = MARKDOWN + INVISIBLE + CONTROLS;

  private HostileTexts() {}
}

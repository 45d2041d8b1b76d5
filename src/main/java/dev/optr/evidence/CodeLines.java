package dev.optr.evidence;

import java.util.Map;
import java.util.regex.Pattern;

/** What a line of source code looks like; each by a pattern that takes linear time. */
final class CodeLines {
  private static final Pattern ASSERTION =
      Pattern.compile(
          "\\b([aA]ssert\\w*|expect\\w*|verify\\w*|should\\w*|require\\.\\w+|t\\.(Error|Fatal|Fail)\\w*"
              + "|assert_\\w+|XCTAssert\\w*)\\s*[!(.\\s]");
  private static final Pattern TEST =
      Pattern.compile(
          "@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\\b|\\bdef\\s+test|\\bfunc\\s+Test"
              + "|\\b(it|test|describe|specify|scenario)\\s*[( ]\\s*['\"`]|#\\[(\\w+::)?test"
              + "|\\[(Fact|Theory|Test|TestMethod|TestCase)\\b|\\bfunction\\s+test|\\bfunc\\s+test");
  private static final Pattern SKIP =
      Pattern.compile(
          "@(Disabled|Ignore)\\b|\\bpytest\\.(mark\\.)?(skip|xfail)|\\bunittest\\.skip"
              + "|\\bt\\.Skip|\\b(it|test|describe|context)\\.(skip|todo|only|failing)\\b"
              + "|\\bx(it|describe|test|specify)\\b|#\\[ignore|\\[Ignore\\b|\\bSkip\\s*=\\s*\""
              + "|\\bmarkTest(Skipped|Incomplete)|\\bXCTSkip|\\bpending\\s");
  private static final Pattern RUNS_CODE =
      Pattern.compile(
          "\\b(eval|exec|execSync|spawn|spawnSync|system|popen|shell_exec|passthru|proc_open)\\s*\\("
              + "|\\bRuntime\\.getRuntime\\b|\\bProcessBuilder\\b|\\bsubprocess\\.\\w|\\bos/exec\\b"
              + "|\\bchild_process\\b|\\bexec\\.Command\\b|\\bprocess::Command\\b|\\bnew\\s+Function\\s*\\("
              + "|\\bScriptEngine\\b|\\bpickle\\.loads?\\b|\\bObjectInputStream\\b|\\bProcess\\.Start\\b"
              + "|\\byaml\\.load\\s*\\(|\\bsetAccessible\\s*\\(|\\bsun\\.misc\\.Unsafe\\b");

  private static final Pattern JAVA = Pattern.compile("\\s*(public|protected)\\s.*[({;,].*");
  private static final Pattern KOTLIN =
      Pattern.compile(
          "\\s{0,4}((public|open|abstract|data|sealed|override|suspend|inline|operator)\\s+)*"
              + "(fun|class|interface|object|val|var|typealias|enum class)\\s.*");
  private static final Pattern SCRIPT_EXPORT =
      Pattern.compile("\\s*(export\\s.*|module\\.exports\\b.*|exports\\.\\w.*)");
  private static final Map<String, Pattern> PUBLIC =
      Map.ofEntries(
          Map.entry("java", JAVA),
          Map.entry("cs", JAVA),
          Map.entry("php", Pattern.compile("\\s*public\\s.*function.*")),
          Map.entry("kt", KOTLIN),
          Map.entry("go", Pattern.compile("(func (\\([^)]*\\) )?|type |var |const )[A-Z].*")),
          Map.entry("py", Pattern.compile("\\s{0,4}((async )?def|class) [A-Za-z].*")),
          Map.entry("rs", Pattern.compile("\\s*pub (?!\\().*")),
          Map.entry("swift", Pattern.compile("\\s*(public|open)\\s.*")),
          Map.entry("ts", SCRIPT_EXPORT),
          Map.entry("tsx", SCRIPT_EXPORT),
          Map.entry("mts", SCRIPT_EXPORT),
          Map.entry("js", SCRIPT_EXPORT),
          Map.entry("mjs", SCRIPT_EXPORT),
          Map.entry("cjs", SCRIPT_EXPORT));

  private CodeLines() {}

  static boolean isAssertion(String line) {
    return ASSERTION.matcher(line).find();
  }

  static boolean declaresTest(String line) {
    return TEST.matcher(line).find();
  }

  static boolean skipsTest(String line) {
    return SKIP.matcher(line).find();
  }

  static boolean runsCode(String line) {
    return RUNS_CODE.matcher(line).find();
  }

  /**
   * Whether it declares what others may use.
   *
   * @param ending of the file's name
   */
  static boolean isPublic(String ending, String line) {
    Pattern pattern = PUBLIC.get(ending);
    return pattern != null && pattern.matcher(line).matches();
  }
}

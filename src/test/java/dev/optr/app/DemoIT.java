package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.JsonObject;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code optr demo} from the jar, with nothing but a path in its environment: no key, no network.
 */
final class DemoIT {
  private static final String SELECTION =
      "repository/datalake/workflows/login-fix/optr-selection.json";

  @TempDir Path directory;

  @Test
  void showsASelectedPathAndWhyNotTheOthers() throws IOException {
    ProgramProcess.Result demo = demo("demo", "--directory", "shop");

    assertThat(demo.exit()).as(demo.log()).isZero();
    assertThat(demo.out())
        .contains("OPTR selected claude: 2 of 4 paths admissible")
        .containsPattern("\\* +claude +proposed +yes")
        .containsPattern("copilot +proposed, own context +no .*tests broken")
        .containsPattern("mscopilot +proposed +no .*paths-allowed forbidden")
        .containsPattern("head +your own commit +no .*tests broken")
        .contains("OK: the ledger is intact")
        .contains(directory.resolve("shop/repository").toString());
    JsonObject selection =
        Invocation.document(Files.readString(directory.resolve("shop/" + SELECTION)));
    assertThat(selection.text("selected")).isEqualTo("claude");
    assertThat(Invocation.objects(selection.object("head"), "checks"))
        .filteredOn(check -> check.isTrue("brokenBefore"))
        .extracting(check -> check.text("id"))
        .containsExactly("tests");
    ProgramProcess.Result verified = demo("verify", "--repo", "shop/repository", "--json");
    assertThat(verified.exit()).as(verified.log()).isZero();
  }

  @Test
  void showsThatNoPathIsAdmissible() {
    ProgramProcess.Result demo =
        demo("demo", "--scenario", "none-admissible", "--directory", "none", "--json");

    assertThat(demo.exit()).as(demo.log()).isEqualTo(1);
    JsonObject document = Invocation.document(demo.out());
    assertThat(document.text("outcome")).isEqualTo("none_admissible");
    assertThat(Invocation.objects(document, "candidates"))
        .hasSize(4)
        .allSatisfy(path -> assertThat(path.array("whyNot")).isNotEmpty());
    assertThat(demo("verify", "--repo", "none/repository").exit()).isZero();
  }

  @Test
  void givesAPathBackByHandAndRepeatsItsCommandThere() throws Exception {
    assumeTrue(isPresent("jq") && isPresent("git"), "this needs jq and git");
    assertThat(demo("demo", "--directory", "hand").exit()).isZero();
    Path repository = directory.resolve("hand/repository");
    String name = "datalake/workflows/login-fix/agent-outputs/claude.json";
    JsonObject output = Invocation.document(Files.readString(repository.resolve(name)));

    String tree = shell(repository, "doc=" + name + "\n" + byHand());

    assertThat(tree.strip()).isEqualTo(output.object("output").text("tree"));
    String repeat =
        Invocation.objects(output, "checks").stream()
            .filter(check -> "tests".equals(check.text("id")))
            .map(check -> Invocation.text(check, "repeat"))
            .findFirst()
            .orElseThrow();
    assertThat(shell(repository, repeat)).contains("3 tests passed");
  }

  /** The lines that docs/datalake.md gives. */
  private static String byHand() throws IOException {
    String page = Files.readString(Path.of("docs/datalake.md"));
    int begin = page.indexOf("```sh\n", page.indexOf("## A path by hand")) + "```sh\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  private static boolean isPresent(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }

  private static String shell(Path place, String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-euc", script);
    builder.directory(place.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void judgesByARuleByTheOtherAgentsAndByCommands() throws IOException {
    ProgramProcess.Result demo =
        demo("demo", "--scenario", "constraints", "--directory", "judged", "--json");

    assertThat(demo.exit()).as(demo.log()).isZero();
    assertThat(Invocation.document(demo.out()).text("selected")).isEqualTo("mscopilot");
    assertThat(checks("codex")).containsEntry("small", "broken").containsEntry("c2", "not_run");
    assertThat(checks("claude")).containsEntry("tests", "held").containsEntry("c2", "broken");
    assertThat(checks("copilot")).containsEntry("tests", "broken").containsEntry("c2", "not_run");
    assertThat(checks("mscopilot").values()).containsOnly("held");
    assertThat(demo("verify", "--repo", "judged/repository").exit()).isZero();
  }

  private Map<String, String> checks(String agent) throws IOException {
    Path output =
        directory.resolve(
            "judged/repository/datalake/workflows/login-fix/agent-outputs/" + agent + ".json");
    return Invocation.objects(Invocation.document(Files.readString(output)), "checks").stream()
        .collect(
            Collectors.toMap(
                check -> Invocation.text(check, "id"), check -> Invocation.text(check, "result")));
  }

  @Test
  void printsOneDocumentThatNamesTheRepositoryWhereverItIs() {
    ProgramProcess.Result named = demo("demo", "--directory", "one", "--json");
    ProgramProcess.Result temporary = demo("demo", "--json");

    assertThat(temporary.exit()).as(temporary.log()).isZero();
    JsonObject one = Invocation.document(named.out());
    JsonObject two = Invocation.document(temporary.out());
    assertThat(one.text("repository")).isEqualTo(directory.resolve("one/repository").toString());
    assertThat(Path.of(Invocation.text(two, "repository")))
        .isDirectory()
        .startsWith(directory.resolve("tmp"));
    assertThat(two.text("selected")).isEqualTo("claude").isEqualTo(one.text("selected"));
    assertThat(two.text("tree")).isEqualTo(one.text("tree"));
    Schemas.assertValid("run-result", dev.optr.base.PrettyJson.text(one.without("repository")));
  }

  @Test
  void refusesADirectoryThatHoldsSomethingAndAScenarioThatIsNone() throws IOException {
    Path mine = Files.createDirectories(directory.resolve("mine/repository"));
    Files.writeString(mine.resolve("precious.txt"), "mine");

    ProgramProcess.Result refused = demo("demo", "--directory", "mine");

    assertThat(refused.exit()).as(refused.log()).isEqualTo(2);
    assertThat(refused.err()).contains(directory.resolve("mine").toString(), "--directory");
    try (var left = Files.walk(directory.resolve("mine"))) {
      assertThat(left).hasSize(3);
    }
    assertThat(demo("demo", "--scenario", "best").exit()).isEqualTo(2);
  }

  private ProgramProcess.Result demo(String... arguments) {
    return ProgramProcess.run(
        directory,
        Map.of("PATH", System.getenv("PATH"), "TMPDIR", directory.resolve("tmp").toString()),
        arguments);
  }
}

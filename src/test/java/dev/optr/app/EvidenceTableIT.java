package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good and bad ideas for a small real project compete in one run, and about each of them is found
 * out what test-fixtures/candidates says: every check, every code.
 */
final class EvidenceTableIT {
  private static final Path FIXTURES = Path.of("test-fixtures/candidates");
  private static final String OUR_KEY = "qZ7-our-own-key-of-this-very-run-9Xw";
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "@github-token@",
          "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
          "@aws-key-id@",
          "AKIA" + "Q3EGRUDKXJ5WTYHN",
          "@our-key-reversed@",
          new StringBuilder(OUR_KEY).reverse().toString(),
          "@our-key-base64@",
          Base64.getEncoder().encodeToString(OUR_KEY.getBytes(UTF_8)));

  @TempDir static Path directory;

  private static ProgramProcess.Result run;

  @BeforeAll
  static void letAllIdeasCompete() throws IOException {
    Map<String, String> project = project();
    try (TempRepo repository = TempRepo.create(directory)) {
      repository.commit("Price parcels", before(project));
      branch(repository, "feature/stale", Map.of("README.md", "# parcels\n"));
      repository.commit("Describe the tests", Map.of("README.md", text(project, "README.md")));
      branch(
          repository,
          "feature/zones",
          Map.of("lib/rates.sh", text(project, "lib/rates.sh").replace("base=1690", "base=1590")));
      recordings().forEach(repository::write);
    }
    run =
        ProgramProcess.run(
            directory,
            Map.of("PATH", System.getenv("PATH"), "OPENAI_API_KEY", OUR_KEY),
            "run",
            "--workflow",
            "answers/workflow.yaml",
            "--json");
  }

  @Test
  void thereAreAtLeastThirtyIdeas() {
    assertThat(ideas()).hasSizeGreaterThanOrEqualTo(30);
  }

  @Test
  void oneThatIsRightIsSelected() {
    assertThat(run.exit()).as(run.log()).isZero();
    assertThat(expected(String.valueOf(Invocation.document(run.out()).text("selected"))))
        .matches(expected -> expected.isTrue("admissible"));
  }

  @Test
  void whatWasFoundOutIsReplayable() {
    ProgramProcess.Result verified =
        ProgramProcess.run(directory, Map.of("PATH", System.getenv("PATH")), "verify", "--json");
    assertThat(verified.exit()).as(verified.log()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ideas")
  void everythingIsFoundOutAbout(String idea) {
    JsonObject expected = expected(idea);
    String document = read(outputs().resolve(idea + ".json"));
    JsonObject found = Invocation.document(document);

    assertThat(found.text("outcome")).isEqualTo(expected.text("outcome"));
    assertThat(found.text("code")).isEqualTo(expected.text("code"));
    assertThat(results(found)).isEqualTo(texts(expected.object("checks")));
    assertThat(codes(found)).isEqualTo(texts(expected.array("codes")));
    assertThat(found.isTrue("admissible")).isEqualTo(expected.isTrue("admissible"));
    assertThat(texts(expected.array("says"))).allMatch(document::contains);
    assertThat(features(found)).containsAll(texts(expected.array("risk")));
  }

  static List<String> ideas() {
    return named(FIXTURES.resolve("ideas"));
  }

  private static List<String> named(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path outputs() {
    return directory.resolve("datalake/workflows/postage/agent-outputs");
  }

  private static JsonObject expected(String idea) {
    return Invocation.document(read(FIXTURES.resolve("ideas/" + idea + ".json")))
        .object("expected");
  }

  private static Map<String, String> results(JsonObject found) {
    Map<String, String> results = new TreeMap<>();
    Invocation.objects(found, "checks")
        .forEach(
            check ->
                results.put(
                    String.valueOf(check.text("id")), String.valueOf(check.text("result"))));
    return results;
  }

  private static List<String> codes(JsonObject found) {
    return Invocation.objects(found, "whyNot").stream()
        .map(denial -> String.valueOf(denial.text("code")))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> features(JsonObject found) {
    return Invocation.objects(found.object("risk"), "features").stream()
        .map(feature -> String.valueOf(feature.text("id")))
        .toList();
  }

  private static Map<String, String> texts(JsonObject object) {
    return object.members().keySet().stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> String.valueOf(object.text(name)),
                (one, _) -> one,
                TreeMap::new));
  }

  private static List<String> texts(List<Json> array) {
    return array.stream().map(text -> ((Json.Text) text).value()).toList();
  }

  /** Answers, judges and the workflow file that names them; not committed. */
  private static Map<String, String> recordings() {
    Map<String, String> files = new HashMap<>();
    StringBuilder workflow = new StringBuilder(read(FIXTURES.resolve("workflow.yaml")));
    for (String idea : ideas()) {
      JsonObject answer =
          Invocation.document(filled(read(FIXTURES.resolve("ideas/" + idea + ".json"))))
              .object("answer");
      files.put("answers/" + idea + ".json", PrettyJson.text(answer));
      workflow.append("  - {name: %s, type: recorded, file: %s.json}\n".formatted(idea, idea));
    }
    for (String judge : named(FIXTURES.resolve("judges"))) {
      files.put(
          "answers/judges/" + judge + ".json", read(FIXTURES.resolve("judges/" + judge + ".json")));
      workflow.append(
          "  - {name: %s, type: recorded, role: judge, file: judges/%s.json}\n"
              .formatted(judge, judge));
    }
    files.put("answers/workflow.yaml", workflow.toString());
    return files;
  }

  private static String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> credential : CREDENTIALS.entrySet()) {
      filled = filled.replace(credential.getKey(), credential.getValue());
    }
    return filled;
  }

  private static void branch(TempRepo repository, String name, Map<String, String> files) {
    repository.branch(name);
    repository.checkout(name);
    repository.commit("Work on " + name, files);
    repository.checkout("main");
  }

  /** The project as it was before its README told of tests. */
  private static Map<String, String> before(Map<String, String> project) {
    Map<String, String> before = new HashMap<>(project);
    before.put("README.md", "# postage\n");
    return before;
  }

  private static Map<String, String> project() throws IOException {
    Path root = FIXTURES.resolve("project");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(file -> root.relativize(file).toString(), EvidenceTableIT::read));
    }
  }

  private static String text(Map<String, String> files, String path) {
    String text = files.get(path);
    assertThat(text).as(path).isNotNull();
    return String.valueOf(text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

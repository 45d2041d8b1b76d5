package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The vendors' own types as JSON Schemas that take no unknown member, written by {@code
 * test-fixtures/schemas/generate} under target/. Where they are absent a test goes on without them,
 * unless the system property {@code optr.vendor-schemas} is {@code required}, as {@code .ci/run}
 * sets it.
 */
public final class VendorSchemas {
  public static final String ANTHROPIC_MESSAGES = "anthropic-messages-request";
  public static final String ANTHROPIC_TOKEN = "anthropic-token-request";
  public static final String COPILOT_TASK = "github-agent-tasks-create-task-in-repo-request";
  public static final String DIRECT_LINE_ACTIVITY = "direct-line-activity-request";
  public static final String ENTRA_TOKEN = "entra-token-request";
  public static final String FOUNDRY_RESPONSES = "foundry-responses-request";
  public static final String M365_CHAT = "m365-chat-request";
  public static final String OPENAI_CHAT = "openai-chat-request";
  public static final String OPENAI_RESPONSES = "openai-responses-request";
  public static final String OPENAI_TOKEN = "openai-token-request";

  static final Path DIRECTORY = Path.of("target", "vendor-schemas");

  private static final int MOST_ERRORS = 12;
  private static final Set<String> TAGS = Set.of("type", "role");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

  private VendorSchemas() {}

  /**
   * Whether requests can be checked here.
   *
   * @throws AssertionError where they must be and cannot
   */
  public static boolean present() {
    return present(DIRECTORY, "required".equals(System.getProperty("optr.vendor-schemas")));
  }

  static boolean present(Path directory, boolean required) {
    // Written last, so that an interrupted generation counts as none.
    boolean present = Files.exists(directory.resolve("inputs.sha256"));
    if (required && !present) {
      throw new AssertionError(directory + " is absent: run test-fixtures/schemas/generate");
    }
    return present;
  }

  /** Reports the test as skipped where there are no schemas. Only for a test of nothing else. */
  public static void assumePresent() {
    assumeTrue(present(), "the vendors' schemas are made by test-fixtures/schemas/generate");
  }

  public static List<String> check(String schema, byte[] body) {
    return check(schema, new String(body, UTF_8));
  }

  /**
   * What is wrong with a body, nothing where all is well.
   *
   * @param schema its name, one of the constants or of the files in target/vendor-schemas
   */
  public static List<String> check(String schema, String body) {
    try {
      JsonReader.read(body);
    } catch (JsonException e) {
      return List.of("not JSON: " + e.getMessage());
    }
    Schema vendors = READ.computeIfAbsent(schema, VendorSchemas::read);
    return texts(meant(vendors.validate(body, InputFormat.JSON)));
  }

  /**
   * What is wrong with the requests that a server has logged: each must be an operation of a
   * vendor.
   *
   * @param bases what may stand before an operation's path; none is the same as an empty one
   */
  public static List<String> checkAll(WireMockServer server, String... bases) {
    VendorOperations operations = VendorOperations.shared();
    return server.getAllServeEvents().stream()
        .map(ServeEvent::getRequest)
        .flatMap(request -> operations.check(request, List.of(bases)).stream())
        .toList();
  }

  /**
   * What is wrong with an answer.
   *
   * @param operation such as {@code POST /responses}, as operations.json has it
   */
  public static List<String> checkAnswer(String operation, int status, String body) {
    return VendorOperations.shared().checkAnswer(operation, status, body);
  }

  static List<String> checkInline(String schema, String document) {
    return texts(REGISTRY.getSchema(schema, InputFormat.JSON).validate(document, InputFormat.JSON));
  }

  private static List<String> texts(List<Error> errors) {
    return errors.stream().map(VendorSchemas::text).distinct().limit(MOST_ERRORS).toList();
  }

  private static String text(Error error) {
    String what =
        switch (error.getKeyword()) {
          case "additionalProperties", "unevaluatedProperties" ->
              "unknown member '" + error.getProperty() + "'";
          case "required" -> "member '" + error.getProperty() + "' is missing";
          default -> error.getKeyword() + " " + Arrays.toString(error.getArguments());
        };
    return error.getInstanceLocation() + ": " + what;
  }

  /**
   * A union reports the errors of each of its branches. Those of a branch whose tag is another one
   * say nothing, as long as a branch with the right tag is left; nor does it that a value has the
   * wrong type where something inside of it is wrong as well.
   */
  private static List<Error> meant(List<Error> errors) {
    List<String> others = errors.stream().flatMap(error -> otherBranch(error).stream()).toList();
    List<Error> tagged =
        errors.stream()
            .filter(
                error ->
                    others.stream().noneMatch(error.getEvaluationPath().toString()::startsWith))
            .toList();
    List<Error> left = tagged.isEmpty() ? errors : tagged;
    return left.stream()
        .filter(
            error -> !error.getKeyword().equals("type") || left.stream().noneMatch(inside(error)))
        .toList();
  }

  private static Predicate<Error> inside(Error outer) {
    String start = outer.getInstanceLocation() + "/";
    return error -> error.getInstanceLocation().toString().startsWith(start);
  }

  /** Evaluation path of the branch that an error about a tag belongs to. */
  private static Optional<String> otherBranch(Error error) {
    String path = error.getEvaluationPath().toString();
    if (error.getKeyword().equals("required")) {
      return Optional.of(path.substring(0, path.lastIndexOf('/') + 1))
          .filter(branch -> TAGS.contains(error.getProperty()));
    }
    return Optional.of(path)
        .filter(any -> error.getKeyword().equals("const") || error.getKeyword().equals("enum"))
        .map(keyword -> keyword.substring(0, keyword.lastIndexOf('/')))
        .filter(member -> TAGS.contains(member.substring(member.lastIndexOf('/') + 1)))
        .map(member -> member.substring(0, member.lastIndexOf("/properties/") + 1));
  }

  private static Schema read(String name) {
    try {
      return REGISTRY.getSchema(
          Files.readString(DIRECTORY.resolve(name + ".schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException("no vendor's schema '" + name + "'", e);
    }
  }
}

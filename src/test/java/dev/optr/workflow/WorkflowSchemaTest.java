package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The schema for editors takes what the parser takes and refuses what the parser refuses. */
final class WorkflowSchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Schema SCHEMA = schema();

  /** What a schema cannot say of a document that it can read, and why. */
  private static final Map<String, String> BEYOND_A_SCHEMA =
      Map.ofEntries(
          Map.entry("duplicate-key.yaml", "a JSON object has one value per key"),
          Map.entry("duplicate-key-in-agent.yaml", "a JSON object has one value per key"),
          Map.entry("agent-names-twice.yaml", "uniqueItems compares whole items, not one member"),
          Map.entry("constraint-ids-clash.yaml", "ids by position are computed"),
          Map.entry("ids-across.yaml", "uniqueness across two lists"),
          Map.entry("quorum-too-big.yaml", "compares a number with the length of a list"),
          Map.entry("invariant-env-is-credential.yaml", "compares values of two lists"),
          Map.entry("quorum-decimal.yaml", "1.0 is an integer to JSON Schema"),
          Map.entry("quorum-hex.yaml", "how a number is spelled is lost in JSON"),
          Map.entry("merge-key.yaml", "readers with merge keys have merged them before"));

  /** No document at all, so that there is nothing for a schema to look at. */
  private static final List<String> NO_DOCUMENT =
      List.of(
          "binary-tag.yaml",
          "broken-flow.yaml",
          "control-character.yaml",
          "custom-tag.yaml",
          "java-tag.yaml",
          "key-is-a-list.yaml",
          "many-aliases.yaml",
          "not-utf8.yaml",
          "recursive-alias.yaml",
          "tab-indent.yaml",
          "two-documents.yaml",
          "unclosed-quote.yaml",
          "undefined-alias.yaml",
          "utf16.yaml");

  static Stream<Path> good() throws IOException {
    return WorkflowSamples.good();
  }

  static Stream<Path> bad() throws IOException {
    return WorkflowSamples.bad();
  }

  @Test
  void isItselfValid() throws IOException {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(schemaText(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesWhatTheParserTakes(Path file) throws IOException {
    Json document = document(file).orElseThrow();

    assertThat(SCHEMA.validate(CanonicalJson.text(document), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatTheParserRefuses(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    Optional<Json> document = document(file);

    assertThat(document.isEmpty()).isEqualTo(NO_DOCUMENT.contains(name));
    if (document.isPresent()) {
      assertThat(SCHEMA.validate(CanonicalJson.text(document.get()), InputFormat.JSON).isEmpty())
          .as("accepted")
          .isEqualTo(BEYOND_A_SCHEMA.containsKey(name));
    }
  }

  private static Schema schema() {
    try {
      return REGISTRY.getSchema(schemaText(), InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String schemaText() throws IOException {
    try (InputStream schema =
        WorkflowSchemaTest.class.getResourceAsStream("/schema/workflow.schema.json")) {
      assertThat(schema).isNotNull();
      return new String(schema.readAllBytes(), UTF_8);
    }
  }

  /** As another YAML reader sees it; empty where it sees no document that JSON could hold. */
  private static Optional<Json> document(Path file) throws IOException {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setAllowDuplicateKeys(true).build();
    try {
      return Optional.of(json(new Load(settings).loadFromString(read(file)), 0));
    } catch (YamlEngineException | NotJson | IOException notReadable) {
      return Optional.empty();
    }
  }

  private static String read(Path file) throws IOException {
    String text = Files.readString(file, UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Json json(@Nullable Object value, int depth) {
    if (depth > 30) {
      throw new NotJson();
    }
    return switch (value) {
      case null -> Json.NULL;
      case String text -> Json.text(text);
      case Boolean flag -> Json.bool(flag);
      case Double number when number.isInfinite() -> Json.text("infinite");
      case Number number -> Json.number(new BigDecimal(number.toString()));
      case List<?> list -> Json.array(list.stream().map(item -> json(item, depth + 1)).toList());
      case Map<?, ?> map -> {
        Json.Builder object = Json.object();
        map.forEach((key, item) -> object.put(name(key), json(item, depth + 1)));
        yield object.build();
      }
      default -> throw new NotJson();
    };
  }

  private static String name(@Nullable Object key) {
    if (key instanceof List || key instanceof Map) {
      throw new NotJson();
    }
    return String.valueOf(key);
  }

  private static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}

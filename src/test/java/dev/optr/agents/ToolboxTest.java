package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.Edit;
import dev.optr.git.TreeStore;
import dev.optr.testing.GeneratedTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolboxTest {
  @TempDir Path directory;

  @Test
  void offersReadingBeforeHandingIn() {
    assertThat(Toolbox.tools())
        .extracting(Tool::name)
        .containsExactly("list_files", "read_file", "search", "submit_path", "decline");
    assertThat(Toolbox.tools())
        .filteredOn(tool -> Toolbox.reads(tool.name()))
        .extracting(Tool::name)
        .containsExactly("list_files", "read_file", "search");
    assertThat(Toolbox.reads("bash")).isFalse();
  }

  @Test
  void describesArgumentsAsStrictToolsWantThem() {
    for (Tool tool : Toolbox.tools()) {
      assertStrict(tool.schema());
    }
    assertThat(valid("read_file", "{\"path\": \"a\", \"startLine\": 1, \"endLine\": null}"))
        .isTrue();
    assertThat(valid("read_file", "{\"path\": \"a\"}")).isFalse();
    assertThat(valid("search", "{\"regex\": \"a\", \"glob\": null}")).isTrue();
    assertThat(valid("list_files", "{\"glob\": null}")).isTrue();
  }

  private static void assertStrict(JsonObject schema) {
    if ("object".equals(schema.text("type"))) {
      JsonObject properties = schema.object("properties");
      assertThat(schema.get("additionalProperties")).isEqualTo(Json.bool(false));
      assertThat(schema.get("required"))
          .isEqualTo(Json.texts(List.copyOf(properties.members().keySet())));
      properties.members().values().forEach(member -> assertStrict((JsonObject) member));
    }
  }

  private static boolean valid(String name, String arguments) {
    JsonObject schema =
        Toolbox.tools().stream()
            .filter(tool -> tool.name().equals(name))
            .findFirst()
            .orElseThrow()
            .schema();
    Schema parsed =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(CanonicalJson.text(schema), InputFormat.JSON);
    return parsed.validate(arguments, InputFormat.JSON).isEmpty();
  }

  @Test
  void saysTheSameOfAHiddenFileAsOfAnAbsentOne() {
    try (GeneratedTree tree = GeneratedTree.in(directory)) {
      tree.file("a.txt", "a\n").file(".env", "KEY=1\n").file("secret/key.txt", "KEY=1\n");
      ToolCalls calls = ToolCalls.on(tree.freeze().showing(Set.of("a.txt")::contains));

      assertThat(calls.read(".env", null, null))
          .isEqualTo(new ToolAnswer("no such file: '.env'", true, "reading a file"));
      assertThat(calls.read("secret")).isEqualTo("no such file: 'secret'");
      assertThat(calls.read("key.txt")).isEqualTo("no such file: 'key.txt'");
      assertThat(calls.list(null)).isEqualTo("1 file\na.txt\n");
      assertThat(calls.list("secret"))
          .isEqualTo("no file matches 'secret'; wildcards are *, ? and **, nothing else");
      assertThat(calls.list("*.env"))
          .isEqualTo("no file matches '*.env'; wildcards are *, ? and **, nothing else");
      assertThat(calls.search("KEY")).isEqualTo("no line matches\n");
    }
  }

  @Test
  void reachesTheDatalakeByNoTool() {
    Map<String, String> files =
        Map.of(
            "a.txt", "one\n",
            "datalake/paths/p/agent-outputs/rival.json", "an earlier answer\n",
            "datalake/ledger.jsonl", "an earlier answer\n",
            "docs/datalake/a.md", "a file of theirs\n");
    Question question = LaneSamples.question(directory, "Make login survive", files);
    try (TreeStore trees = question.trees()) {
      ToolCalls calls = ToolCalls.on(question.tree());
      for (String path :
          List.of(
              "datalake/ledger.jsonl",
              "./datalake/ledger.jsonl",
              "docs/../datalake/ledger.jsonl",
              "datalake//ledger.jsonl",
              "/datalake/ledger.jsonl",
              "datalake/paths/p/agent-outputs/rival.json",
              "datalake")) {
        assertThat(calls.read(path, null, null).error()).as(path).isTrue();
        assertThat(calls.read(path)).as(path).doesNotContain("an earlier answer");
      }
      assertThat(calls.list("datalake/**")).startsWith("no file matches");
      assertThat(calls.list(null)).isEqualTo("2 files\na.txt\ndocs/datalake/a.md\n");
      assertThat(calls.search("earlier")).isEqualTo("no line matches\n");
      assertThat(calls.search("earlier", "datalake/**")).doesNotContain("an earlier answer");
      Edit reading = new Edit.Replace("datalake/ledger.jsonl", "an earlier", "no");
      assertThat(trees.apply(question.tree(), List.of(reading)).toString())
          .doesNotContain("an earlier answer");
    }
  }

  @Test
  void refusesToolsThatDoNotRead() {
    try (GeneratedTree tree = GeneratedTree.in(directory)) {
      ToolCalls calls = ToolCalls.on(tree.file("a", "").freeze());

      assertThat(calls.call("bash\n\u001b[1m" + "x".repeat(100), "{}"))
          .isEqualTo(
              new ToolAnswer(
                  "no such reading tool: 'bash  [1m"
                      + "x".repeat(31)
                      + "...'; there are list_files, read_file and search",
                  true,
                  "asking for an unknown tool"));
    }
  }

  @Test
  void printsNoControlCharactersOfPathsAsProgress() {
    try (GeneratedTree tree = GeneratedTree.in(directory)) {
      String path = "d/\u001b[31m\n::error::\u202e" + "x".repeat(300);
      ToolCalls calls = ToolCalls.on(tree.file(path, "a\n").freeze());

      assertThat(calls.read(path, null, null).doing())
          .isEqualTo("reading \"d/\\u001b[31m\\n::error::\\u202e" + "x".repeat(182) + "\"...");
    }
  }
}

package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/workflow-file.md names every key of the schema, and of one that has words, every word. */
final class WorkflowFileDocumentationTest {
  @Test
  void namesEveryKeyAndEveryWord() throws IOException, JsonException {
    String page = Files.readString(Path.of("docs/workflow-file.md"), UTF_8);
    JsonObject schema =
        JsonReader.readObject(
            Files.readAllBytes(Path.of("src/main/resources/schema/workflow.schema.json")));
    List<String> named = new ArrayList<>();
    collect(schema, named);

    assertThat(named).hasSizeGreaterThan(100);
    assertThat(named)
        .allSatisfy(
            name -> assertThat(page).containsPattern("[`.]" + Pattern.quote(name) + "[`.]"));
  }

  private static void collect(Json value, List<String> named) {
    switch (value) {
      case JsonObject object -> {
        named.addAll(object.object("properties").members().keySet());
        object.array("enum").forEach(word -> collectWord(word, named));
        object.members().values().forEach(member -> collect(member, named));
      }
      case Json.Array(List<Json> elements) -> elements.forEach(element -> collect(element, named));
      case Json.Text _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void collectWord(Json word, List<String> named) {
    if (word instanceof Json.Text(String text)) {
      named.add(text);
    }
  }
}

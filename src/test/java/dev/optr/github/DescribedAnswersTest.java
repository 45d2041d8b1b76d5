package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.testing.VendorSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every member of an answer that we read is one that GitHub's OpenAPI description has. */
final class DescribedAnswersTest {
  @ParameterizedTest
  @CsvSource({
    "repos-get-200, id full_name default_branch created_at",
    "pulls-get-200, number title body user.login draft state head.ref head.sha head.repo.id"
        + " head.repo.full_name base.ref base.sha base.repo.id merged merge_commit_sha",
    "pulls-list-200, [].number [].draft [].head.ref [].head.sha [].head.repo.id [].base.ref"
        + " [].base.repo.id [].merged_at [].merge_commit_sha [].closed_at",
    "repos-get-collaborator-permission-level-200, permission user.login",
    "git-get-commit-200, tree.sha",
    "git-create-blob-201, sha",
    "git-create-tree-201, sha",
    "git-create-commit-201, sha tree.sha",
    "git-list-matching-refs-200, [].ref [].object.sha",
    "issues-list-comments-200, [].id [].node_id [].body [].html_url [].user.login [].minimized",
    "issues-create-comment-201, id html_url body",
    "issues-update-comment-200, id html_url body"
  })
  void readsNothingThatIsNotDescribed(String answer, String members)
      throws IOException, JsonException {
    VendorSchemas.assumePresent();
    Path file = Path.of("target/vendor-schemas/github-" + answer + ".schema.json");
    JsonObject schema = JsonReader.readObject(Files.readAllBytes(file));

    for (String member : members.split(" ", -1)) {
      List<JsonObject> reached = List.of(schema);
      for (String step : member.split("\\.", -1)) {
        reached = reached.stream().flatMap(from -> step(schema, from, step)).toList();
      }
      assertThat(reached).as(answer + " " + member).isNotEmpty();
    }
    assertThat(step(schema, schema, "nothing_of_this_name")).isEmpty();
  }

  private static Stream<JsonObject> step(JsonObject schema, JsonObject from, String name) {
    return alternatives(schema, from).stream()
        .map(
            shape ->
                name.equals("[]") ? shape.object("items") : shape.object("properties").object(name))
        .filter(found -> !found.members().isEmpty());
  }

  /** The schema itself, and everything that it is made of. */
  private static List<JsonObject> alternatives(JsonObject schema, JsonObject from) {
    List<JsonObject> all = new ArrayList<>(List.of(from));
    String reference = from.text("$ref");
    if (reference != null) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      all.addAll(alternatives(schema, schema.object("$defs").object(name)));
    }
    for (String keyword : List.of("anyOf", "allOf")) {
      for (Json part : from.array(keyword)) {
        all.addAll(alternatives(schema, (JsonObject) part));
      }
    }
    return all;
  }
}

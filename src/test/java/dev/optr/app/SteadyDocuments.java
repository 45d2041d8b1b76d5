package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The documents of a run without what differs between two runs on one input: when each lane and
 * check began and how long it took, and in the ledger the time of the entry, the random id of a
 * local run, and the digests and sizes that follow from these. That the digests are right is for
 * {@code optr verify} to say.
 */
final class SteadyDocuments {
  private static final Set<String> IN_DOCUMENTS = Set.of("startedAt", "durationMs");
  private static final Set<String> IN_THE_LEDGER = Set.of("ts", "id", "sha256", "size");

  private SteadyDocuments() {}

  static Map<String, String> of(Map<String, String> files) {
    Map<String, String> steady = new TreeMap<>();
    files.forEach((path, text) -> steady.put(path, steady(path, text)));
    return steady;
  }

  private static String steady(String path, String text) {
    if (path.endsWith("ledger.jsonl") || path.startsWith("datalake/ledger.d/")) {
      return text.lines()
          .map(line -> PrettyJson.text(without(Invocation.document(line), IN_THE_LEDGER)))
          .collect(Collectors.joining());
    }
    return path.endsWith(".json")
        ? PrettyJson.text(without(Invocation.document(text), IN_DOCUMENTS))
        : text;
  }

  private static JsonObject without(JsonObject object, Set<String> names) {
    Map<String, Json> members = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, value) ->
                members.put(
                    name, names.contains(name) ? Json.text("varies") : steady(value, names)));
    return new JsonObject(members);
  }

  private static Json steady(Json value, Set<String> names) {
    return switch (value) {
      case JsonObject object -> without(object, names);
      case Json.Array array ->
          Json.array(array.elements().stream().map(element -> steady(element, names)).toList());
      case Json.Text _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }
}

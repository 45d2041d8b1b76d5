package dev.optr.ledger;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One random thing that is done to the lines of a ledger of two files. The numbers choose lines,
 * members and places; every number chooses something, so that none fails, though it may do nothing.
 *
 * @param where which file, and by whom it is signed again
 */
record Mutation(Kind kind, int where, int first, int second) {
  enum Kind {
    DELETE,
    REPEAT,
    SWAP,
    MOVE_TO_THE_OTHER_FILE,
    COPY_TO_THE_OTHER_FILE,
    TAKE_FROM_ANOTHER_LEDGER,
    CHANGE_A_CHARACTER,
    CUT_A_CHARACTER,
    CHANGE_A_MEMBER,
    CHANGE_THE_PARENTS,
    CHANGE_THE_KEYS,
    SIGN_AS_A_STRANGER,
    SIGN_IN_ANOTHERS_NAME,
    SIGN_ALSO_AS_A_STRANGER,
    SIGN_ALSO_IN_A_LATER_WAY,
    SIGN_TWICE,
    SIGN_NOT_AT_ALL,
    APPEND_AS_A_STRANGER
  }

  private static final List<Signer> KNOWN = List.of(Keys.ROOT_1, Keys.ROOT_2, Keys.CI_1, Keys.CI_2);
  private static final String CHARACTERS = "\n\r\t\u0000 \"\\{}[],:0123456789abcdefT-+=/\u00e9";

  /** Does it to the lines of both files. */
  void applyTo(List<List<String>> files, List<String> anotherLedger) {
    List<String> file = files.get(chosen(where, 3) == 0 ? 1 : 0);
    List<String> other = files.get(chosen(where, 3) == 0 ? 0 : 1);
    if (file.isEmpty()) {
      return;
    }
    int line = chosen(first, file.size());
    int place = chosen(second, file.size() + 1);
    switch (kind) {
      case DELETE -> file.remove(line);
      case REPEAT -> file.add(place, file.get(line));
      case SWAP -> file.set(line, file.set(chosen(second, file.size()), file.get(line)));
      case MOVE_TO_THE_OTHER_FILE -> other.add(file.remove(line));
      case COPY_TO_THE_OTHER_FILE -> other.add(chosen(second, other.size() + 1), file.get(line));
      case TAKE_FROM_ANOTHER_LEDGER ->
          file.add(place, anotherLedger.get(chosen(first, anotherLedger.size())));
      case CHANGE_A_CHARACTER -> file.set(line, withAnotherCharacter(file.get(line)));
      case CUT_A_CHARACTER -> file.set(line, withoutACharacter(file.get(line)));
      case APPEND_AS_A_STRANGER -> parsed(file.get(line)).ifPresent(parent -> append(file, parent));
      case CHANGE_A_MEMBER,
          CHANGE_THE_PARENTS,
          CHANGE_THE_KEYS,
          SIGN_AS_A_STRANGER,
          SIGN_IN_ANOTHERS_NAME,
          SIGN_ALSO_AS_A_STRANGER,
          SIGN_ALSO_IN_A_LATER_WAY,
          SIGN_TWICE,
          SIGN_NOT_AT_ALL ->
          parsed(file.get(line)).ifPresent(parsed -> file.set(line, reformed(parsed, file)));
    }
  }

  private static int chosen(int number, int of) {
    return Math.floorMod(number, of);
  }

  private String withAnotherCharacter(String line) {
    if (line.isEmpty()) {
      return line;
    }
    int at = chosen(second, line.length());
    char character = CHARACTERS.charAt(chosen(second + where, CHARACTERS.length()));
    return line.substring(0, at) + character + line.substring(at + 1);
  }

  private String withoutACharacter(String line) {
    if (line.isEmpty()) {
      return line;
    }
    int at = chosen(second, line.length());
    return line.substring(0, at) + line.substring(at + 1);
  }

  /** A line that reads as one; what is damaged already is left as it is. */
  static Optional<JsonObject> parsed(String line) {
    try {
      return JsonReader.read(line) instanceof JsonObject object
              && object.get("body") instanceof JsonObject
              && object.get("id") instanceof Json.Text
              && signatures(object).stream().allMatch(JsonObject.class::isInstance)
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonException damaged) {
      return Optional.empty();
    }
  }

  static List<Json> signatures(JsonObject line) {
    return line.get("sigs") instanceof Json.Array(List<Json> signatures)
        ? signatures
        : List.of(Json.NULL);
  }

  /** The same entry with another body or other signatures, and the id made to fit. */
  private String reformed(JsonObject line, List<String> file) {
    JsonObject old = line.object("body");
    JsonObject body =
        switch (kind) {
          case CHANGE_A_MEMBER -> withAnotherMember(old);
          case CHANGE_THE_PARENTS -> withOtherParents(old, file);
          case CHANGE_THE_KEYS -> withAnotherKey(old);
          default -> old;
        };
    List<JsonObject> own = signatures(line).stream().map(JsonObject.class::cast).toList();
    List<JsonObject> signatures = new ArrayList<>(own);
    switch (kind) {
      case SIGN_AS_A_STRANGER -> replace(signatures, Forge.signature(body, Keys.EVIL));
      case SIGN_IN_ANOTHERS_NAME -> replace(signatures, Forge.forged(body, someone()));
      case SIGN_ALSO_AS_A_STRANGER -> signatures.add(Forge.signature(body, Keys.EVIL));
      case SIGN_ALSO_IN_A_LATER_WAY ->
          signatures.addFirst(Json.object().put("alg", "later").put("value", second).build());
      case SIGN_TWICE -> signatures.addAll(own);
      case SIGN_NOT_AT_ALL -> signatures.clear();
      default -> {
        if (chosen(where, 2) == 0) {
          replace(signatures, Forge.signature(body, Keys.EVIL));
        }
      }
    }
    return Forge.line(body, signatures);
  }

  private static void replace(List<JsonObject> signatures, JsonObject other) {
    signatures.clear();
    signatures.add(other);
  }

  private Signer someone() {
    return KNOWN.get(chosen(second, KNOWN.size()));
  }

  private JsonObject withAnotherMember(JsonObject body) {
    List<String> names = List.copyOf(body.members().keySet());
    List<Json> values =
        List.of(
            Json.NULL,
            Json.number(second),
            Json.text("2026-06-01T00:00:00Z"),
            Json.text("run"),
            Json.texts(List.of()),
            Json.object().build());
    return names.isEmpty()
        ? body
        : body.with(
            names.get(chosen(first, names.size())), values.get(chosen(second, values.size())));
  }

  /** Parents and height that go together, as if the entry had been put elsewhere. */
  private JsonObject withOtherParents(JsonObject body, List<String> file) {
    TreeSet<String> ids = new TreeSet<>();
    long height = -1;
    for (int i = 0; i <= chosen(second, 3); i++) {
      Optional<JsonObject> parent = parsed(file.get(chosen(first + i * second, file.size())));
      Long up = parent.map(line -> line.object("body").integer("height")).orElse(null);
      if (up != null) {
        ids.add(parent.map(line -> String.valueOf(line.text("id"))).orElse(""));
        height = Math.max(height, up);
      }
    }
    return body.with("parents", Json.texts(List.copyOf(ids)))
        .with("height", Json.number(height + 1));
  }

  private JsonObject withAnotherKey(JsonObject body) {
    Json evil = Json.texts(List.of(Keys.EVIL.publicKey().line()));
    return switch (String.valueOf(body.text("type"))) {
      case "genesis" -> body.with("signers", evil);
      case "key" ->
          body.with(
              chosen(second, 2) == 0 ? "add" : "revoke",
              chosen(second, 2) == 0 ? evil : Json.array(List.of()));
      default -> body;
    };
  }

  private void append(List<String> file, JsonObject parent) {
    JsonObject run = Forge.golden("ledger-full.jsonl").body(5);
    if (parent.object("body").integer("height") != null) {
      String id = String.valueOf(parent.text("id"));
      JsonObject body = Forge.child(run, parent.object("body"), id, 1 + chosen(second, 1000));
      file.add(
          Forge.line(
              body,
              chosen(where, 2) == 0
                  ? List.of(Forge.forged(body, someone()))
                  : List.of(Forge.signature(body, Keys.EVIL))));
    }
  }
}

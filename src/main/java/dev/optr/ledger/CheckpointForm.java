package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.ledger.LedgerCheckpoint.Head;
import dev.optr.ledger.LedgerCheckpoint.Place;
import dev.optr.ledger.LedgerCheckpoint.Prefix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A checkpoint as bytes: a line of ASCII that names the format and the CRC-32C of all that follows,
 * a line of JSON, then the acts as {@link ActSet} writes them. The sum finds damage; against
 * whoever can write there nothing would help, since he can write the tips as well.
 */
final class CheckpointForm {
  private static final String FORMAT = "optr ledger checkpoint 1 ";
  private static final int FIRST_LINE = FORMAT.length() + 8 + 1;
  private static final Set<String> MEMBERS =
      Set.of("containers", "first", "genesis", "heads", "revoked", "tool", "types");

  private CheckpointForm() {}

  static Bytes bytes(LedgerCheckpoint checkpoint, String tool) {
    JsonObject header =
        Json.object()
            .put("tool", tool)
            .put("genesis", checkpoint.genesis())
            .put("containers", array(checkpoint.prefixes().stream().map(CheckpointForm::json)))
            .put("first", json(checkpoint.first()))
            .put("heads", array(checkpoint.heads().stream().map(CheckpointForm::json)))
            .put("types", counts(checkpoint.counts()))
            .put("revoked", Json.texts(List.copyOf(new TreeSet<>(checkpoint.revoked()))))
            .build();
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(CanonicalJson.bytes(header));
    rest.write('\n');
    rest.writeBytes(checkpoint.acts().bytes().toArray());
    ByteArrayOutputStream all = new ByteArrayOutputStream(FIRST_LINE + rest.size());
    all.writeBytes(firstLine(rest.toByteArray(), 0, rest.size()));
    all.writeBytes(rest.toByteArray());
    return Bytes.of(all.toByteArray());
  }

  private static Json array(Stream<JsonObject> objects) {
    return Json.array(objects.toList());
  }

  private static JsonObject json(Prefix prefix) {
    return Json.object().put("size", prefix.size()).put("sha256", prefix.digest()).build();
  }

  private static JsonObject json(Place place) {
    return Json.object()
        .put("container", place.container())
        .put("offset", place.offset())
        .put("length", place.length())
        .build();
  }

  private static JsonObject json(Head head) {
    return Json.object()
        .put("id", head.id())
        .put("line", json(head.place()))
        .put("keys", Json.texts(head.keys()))
        .build();
  }

  private static JsonObject counts(Map<String, Integer> counts) {
    Json.Builder object = Json.object();
    counts.forEach(object::put);
    return object.build();
  }

  static Optional<LedgerCheckpoint> parse(byte[] file, String tool) {
    int headerEnd = FIRST_LINE;
    while (headerEnd < file.length && file[headerEnd] != '\n') {
      headerEnd++;
    }
    int actsFrom = headerEnd + 1;
    boolean hasActs = actsFrom <= file.length && (file.length - actsFrom) % Long.BYTES == 0;
    if (!hasActs || !isWhole(file)) {
      return Optional.empty();
    }
    try {
      Json header = JsonReader.read(Arrays.copyOfRange(file, FIRST_LINE, headerEnd));
      ActSet acts = ActSet.ofBytes(ByteBuffer.wrap(file, actsFrom, file.length - actsFrom));
      return checkpoint(Members.of("checkpoint", header, MEMBERS), acts, tool);
    } catch (JsonException | ProfileException | IllegalArgumentException notOurs) {
      // Whatever else the file is, it is no memory of a verification.
      return Optional.empty();
    }
  }

  private static boolean isWhole(byte[] file) {
    byte[] first = firstLine(file, FIRST_LINE, file.length);
    return Arrays.equals(first, 0, FIRST_LINE, file, 0, FIRST_LINE);
  }

  private static byte[] firstLine(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return "%s%08x\n".formatted(FORMAT, sum.getValue()).getBytes(US_ASCII);
  }

  private static Optional<LedgerCheckpoint> checkpoint(Members members, ActSet acts, String tool)
      throws ProfileException {
    if (!members.text("tool").equals(tool)) {
      return Optional.empty();
    }
    List<Prefix> prefixes = members.list("containers", CheckpointForm::prefix);
    Place first = place("first", members.json("first"));
    List<Head> heads = members.list("heads", CheckpointForm::head);
    boolean areInside =
        Stream.concat(Stream.of(first), heads.stream().map(Head::place))
            .allMatch(place -> isInside(place, prefixes));
    return areInside
        ? Optional.of(
            new LedgerCheckpoint(
                members.digest("genesis"),
                prefixes,
                first,
                heads,
                counts(members.json("types")),
                Set.copyOf(members.list("revoked", Members::text)),
                acts))
        : Optional.empty();
  }

  private static boolean isInside(Place place, List<Prefix> prefixes) {
    return place.container() < prefixes.size()
        && place.offset() + place.length() < prefixes.get(place.container()).size();
  }

  private static Prefix prefix(String where, Json json) throws ProfileException {
    Members members = Members.of(where, json, Set.of("size", "sha256"));
    return new Prefix(members.integer("size", 0, Members.MAX_INTEGER), members.digest("sha256"));
  }

  private static Place place(String where, Json json) throws ProfileException {
    Members members = Members.of(where, json, Set.of("container", "offset", "length"));
    return new Place(
        (int) members.integer("container", 0, Integer.MAX_VALUE),
        members.integer("offset", 0, Members.MAX_INTEGER),
        (int) members.integer("length", 1, LineReader.MOST_BYTES));
  }

  private static Head head(String where, Json json) throws ProfileException {
    Members members = Members.of(where, json, Set.of("id", "line", "keys"));
    return new Head(
        members.digest("id"),
        place(where + ".line", members.json("line")),
        members.list("keys", Members::text));
  }

  private static SortedMap<String, Integer> counts(Json json) throws ProfileException {
    SortedMap<String, Integer> counts = new TreeMap<>();
    if (json instanceof JsonObject object) {
      Members members = Members.of("types", json, object.members().keySet());
      for (String type : object.members().keySet()) {
        counts.put(type, (int) members.integer(type, 1, Integer.MAX_VALUE));
      }
    }
    return counts;
  }
}

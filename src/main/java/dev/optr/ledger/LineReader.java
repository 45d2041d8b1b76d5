package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line: JSON, within the profile, canonical, with the right id. The comparison of bytes
 * is the real guard; whatever a parser may tolerate, one entry has one spelling.
 */
final class LineReader {
  static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_LEVELS = 8;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
  private static final Set<String> SIGNATURE_MEMBERS = Set.of("alg", "key", "sig");

  private final JsonReader reader = JsonReader.withDepth(MOST_LEVELS);

  /** What a line turned out to be. */
  sealed interface Line {
    record Intact(Entry entry) implements Line {}

    /**
     * @param id as the line claims it, where that could be read
     */
    record Damaged(@Nullable String id, List<Problem> problems) implements Line {}
  }

  record Problem(Code code, String message) {}

  Line read(String container, int number, byte[] line) {
    if (line.length > MOST_BYTES) {
      return tooLong(line.length);
    }
    Json json;
    try {
      json = reader.parse(line);
    } catch (JsonException e) {
      return damaged(null, Code.E_SYNTAX, String.valueOf(e.getMessage()));
    }
    String claimed = claimedId(json);
    try {
      checkProfile(json);
      byte[] canonical = CanonicalJson.bytes(json);
      if (!Arrays.equals(canonical, line)) {
        return damaged(claimed, Code.E_NOT_CANONICAL, Code.E_NOT_CANONICAL.sentence());
      }
    } catch (ProfileException | IllegalArgumentException e) {
      return damaged(claimed, Code.E_PROFILE, String.valueOf(e.getMessage()));
    }
    return entry(container, number, line, json, claimed);
  }

  /** What is no id cannot be the parent of anything, and may be as long as the line. */
  private static @Nullable String claimedId(Json json) {
    String text = json instanceof JsonObject object ? object.text("id") : null;
    return text != null && EntryId.isId(text) ? text : null;
  }

  static Line.Damaged tooLong(long bytes) {
    return damaged(null, Code.E_SYNTAX, "the line has " + bytes + " bytes");
  }

  private static Line entry(
      String container, int number, byte[] line, Json json, @Nullable String claimed) {
    List<Problem> problems = new ArrayList<>();
    try {
      Members members = Members.of("line", json, Set.of("body", "id", "sigs"));
      String id = members.digest("id");
      byte[] canonicalBody = CanonicalJson.bytes(members.json("body"));
      String computed = Digest.tagged(SshSignature.ENTRY, canonicalBody);
      if (!computed.equals(id)) {
        problems.add(
            new Problem(Code.E_ID, "the id is '" + id + "', the body's '" + computed + "'"));
      }
      Body body = BodyReader.read(members.json("body"));
      List<EntrySignature> signatures = members.list("sigs", LineReader::signature);
      if (problems.isEmpty()) {
        return new Line.Intact(
            new Entry(
                id, body, signatures, Bytes.of(canonicalBody), Bytes.of(line), container, number));
      }
    } catch (ProfileException e) {
      problems.add(new Problem(Code.E_PROFILE, String.valueOf(e.getMessage())));
    }
    return new Line.Damaged(claimed, List.copyOf(problems));
  }

  /** Kinds of signature that come later are carried along and decide nothing. */
  private static EntrySignature signature(String where, Json json) throws ProfileException {
    String algorithm = json instanceof JsonObject object ? object.text("alg") : null;
    if (algorithm == null) {
      throw new ProfileException("'" + where + "' has no text 'alg'");
    }
    if (!algorithm.equals(EntrySignature.ED25519)) {
      return new EntrySignature(algorithm, "", "");
    }
    Members members = Members.of(where, json, SIGNATURE_MEMBERS);
    return new EntrySignature(algorithm, members.text("key"), members.text("sig"));
  }

  private static void checkProfile(Json json) throws ProfileException {
    switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        for (Map.Entry<String, Json> member : members.entrySet()) {
          if (!NAME.matcher(member.getKey()).matches()) {
            throw new ProfileException("a name other than lower-case letters, digits and '_'");
          }
          checkProfile(member.getValue());
        }
      }
      case Json.Array(List<Json> elements) -> {
        for (Json element : elements) {
          checkProfile(element);
        }
      }
      case Json.Decimal number -> checkInteger(number);
      case Json.Text(String text) -> checkText(text);
      case Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void checkInteger(Json.Decimal number) throws ProfileException {
    BigDecimal value = number.value();
    // Asked first: 1e999999999 must not be written out to be compared.
    boolean small = (long) value.precision() - value.scale() <= 16;
    Long integer = small ? number.exactLong() : null;
    if (integer == null || Math.abs(integer) > Members.MAX_INTEGER) {
      throw new ProfileException("a number other than integers up to 2^53-1");
    }
  }

  private static void checkText(String text) throws ProfileException {
    if (text.codePoints().anyMatch(LineReader::isSurrogate)) {
      throw new ProfileException("a lone surrogate");
    }
  }

  /** A pair makes one code point beyond these; what is left is alone. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static Line.Damaged damaged(@Nullable String id, Code code, String message) {
    return new Line.Damaged(id, List.of(new Problem(code, message)));
  }
}

package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of the scanner: what it accepts, {@link LineReader} calls intact once the id is right,
 * and says the same about it.
 */
final class LineScannerTest {
  private static final List<String> PIECES =
      List.of(
          "null",
          "true",
          "0",
          "00",
          "-1",
          "-0",
          "1.0",
          "1e3",
          "9007199254740991",
          "9007199254740992",
          "99999999999999999999",
          "\"\"",
          "\"a\"",
          "[]",
          "{}",
          "[",
          "]",
          "{",
          "}",
          ",",
          ":",
          "\"",
          "\\",
          "\\\"",
          "\\u0041",
          "\\ud800",
          "/",
          "..",
          ".",
          "\u00e9",
          "\uFF01",
          "\uD83D\uDE00",
          "\u007f",
          "\u0001",
          "\t",
          "\r",
          "\n",
          " ",
          "selected",
          "none_admissible",
          "quorum_missed",
          "proposed",
          "failed",
          "run",
          "outcome",
          "2147483648",
          "2024-02-29",
          "2100-02-29",
          "T24:00:00Z",
          "23:59:60",
          "1969-12-31",
          "0000-01-01",
          "\uFEFF");

  @ParameterizedTest
  @ValueSource(strings = {"ledger-full.jsonl", "ledger.jsonl", "unsigned.jsonl"})
  void acceptsEveryLineOfTheUsualTypes(String file) {
    for (String line : lines(file).toList()) {
      boolean usual = !line.contains("\"type\":\"genesis\"") && !line.contains("\"type\":\"key\"");
      assertThat(holdsFor(line.getBytes(UTF_8))).as(line).isEqualTo(usual);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger-full.jsonl", "unsigned.jsonl"})
  void keepsTheLawWithEveryBitOfEveryByteFlipped(String file) {
    lines(file)
        .forEach(
            text -> {
              byte[] line = text.getBytes(UTF_8);
              for (int i = 0; i < 8 * line.length; i++) {
                byte[] flipped = line.clone();
                flipped[i / 8] ^= (byte) (1 << (i % 8));
                holdsFor(flipped);
              }
            });
  }

  @Test
  void keepsTheLawWithEveryByteMissingDoubledOrReplaced() {
    for (String text : lines("ledger-full.jsonl").toList()) {
      byte[] line = text.getBytes(UTF_8);
      for (int i = 0; i < line.length; i++) {
        holdsFor(spliced(line, i, i + 1, new byte[0]));
        holdsFor(spliced(line, i, i, new byte[] {line[i]}));
        for (byte other : new byte[] {'"', '0', '9', 'a', 'f', 'g', '\\', 0, '\n', -1}) {
          holdsFor(spliced(line, i, i + 1, new byte[] {other}));
        }
      }
    }
  }

  @Test
  void keepsTheLawWithPiecesPutAnywhere() {
    Random random = new Random(7);
    List<byte[]> lines = lines("ledger-full.jsonl").map(line -> line.getBytes(UTF_8)).toList();
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] line = lines.get(random.nextInt(lines.size()));
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
        int from = random.nextInt(line.length);
        int to = random.nextBoolean() ? from : Math.min(line.length, from + random.nextInt(70));
        line = spliced(line, from, to, piece);
      }
      accepted += holdsFor(line) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(100);
  }

  @Test
  void keepsTheLawForEveryValueOfEveryMember() {
    JsonObject run = Forge.golden("ledger-full.jsonl").body(5);
    JsonObject execution = Forge.golden("ledger-full.jsonl").body(6);
    JsonObject outcome = Forge.golden("ledger-full.jsonl").body(7);
    for (JsonObject body : List.of(run, execution, outcome)) {
      for (String member : body.members().keySet()) {
        values(body.get(member)).forEach(value -> holdsFor(bytes(body.with(member, value))));
        if (body.get(member) instanceof JsonObject inner) {
          for (String name : inner.members().keySet()) {
            values(inner.get(name))
                .forEach(value -> holdsFor(bytes(body.with(member, inner.with(name, value)))));
            holdsFor(bytes(body.with(member, inner.without(name))));
          }
        }
        holdsFor(bytes(body.without(member)));
      }
      holdsFor(bytes(body.with("extra", Json.NULL)));
    }
  }

  private static Stream<Json> values(@Nullable Json old) {
    Stream<Json> others =
        Stream.of(
            Json.NULL,
            Json.number(0),
            Json.number(1),
            Json.number(-1),
            Json.number(1L << 31),
            Json.number((1L << 53) - 1),
            Json.number(1L << 53),
            Json.text(""),
            Json.text("a"),
            Json.text("\u00e9\uFF01\uD83D\uDE00"),
            Json.text("a\"b\\c\n"),
            Json.text("0".repeat(40)),
            Json.text("0".repeat(64)),
            Json.text("F".repeat(40)),
            Json.text("merged"),
            Json.text("1970-01-01T00:00:00Z"),
            Json.text("2000-02-29T23:59:59Z"),
            Json.text("1900-02-29T23:59:59Z"),
            Json.array(List.of()),
            Json.texts(List.of("0".repeat(64), "1".repeat(64))),
            Json.texts(List.of("1".repeat(64), "0".repeat(64))),
            Json.object().build());
    return Stream.concat(Stream.ofNullable(old), others);
  }

  private static byte[] bytes(JsonObject body) {
    return Forge.line(body, Keys.CI_2).getBytes(UTF_8);
  }

  @Test
  void refusesLinesOver64Kib() {
    String line = Forge.golden("unsigned.jsonl").line(1);
    String longest =
        line.replace(
            "\"actor\":\"",
            "\"actor\":\"" + "a".repeat(LineReader.MOST_BYTES - line.getBytes(UTF_8).length));

    assertThat(holdsFor(longest.getBytes(UTF_8))).isTrue();
    assertThat(holdsFor(longest.replace("\"actor\":\"", "\"actor\":\"a").getBytes(UTF_8)))
        .isFalse();
  }

  private static Stream<String> lines(String file) {
    return Golden.file(file).utf8().lines();
  }

  private static byte[] spliced(byte[] line, int from, int to, byte[] piece) {
    byte[] spliced = Arrays.copyOf(line, line.length - (to - from) + piece.length);
    System.arraycopy(piece, 0, spliced, from, piece.length);
    System.arraycopy(line, to, spliced, from + piece.length, line.length - to);
    return spliced;
  }

  /** True where the scanner accepts; fails where it should not have. */
  static boolean holdsFor(byte[] line) {
    byte[] bytes = Arrays.copyOf(line, line.length + 1 + ByteCursor.PADDING);
    bytes[line.length] = '\n';
    LineScanner scanner = new LineScanner(bytes);
    if (!scanner.scan(0) || scanner.found().end != line.length) {
      return false;
    }
    ScannedLine found = scanner.found();
    byte[] body = Arrays.copyOfRange(line, found.bodyFrom, found.bodyTo);
    String id = Digest.tagged(SshSignature.ENTRY, body);
    int idFrom = found.bodyTo + ",\"id\":\"".length();
    byte[] right = spliced(line, idFrom, idFrom + id.length(), id.getBytes(UTF_8));
    LineReader.Line read = new LineReader().read("", 1, right);
    assertThat(read).as(new String(line, UTF_8)).isInstanceOf(LineReader.Line.Intact.class);
    assertSame(found, bytes, ((LineReader.Line.Intact) read).entry());
    return true;
  }

  private static void assertSame(ScannedLine found, byte[] bytes, Entry entry) {
    Body.Common common = entry.body().common();
    assertThat(found.type).isEqualTo(EntryType.of(entry.body()));
    assertThat(found.height).isEqualTo(common.height());
    assertThat(found.time).isEqualTo(common.time().getEpochSecond());
    assertThat(Act.fingerprint(found))
        .isEqualTo(Act.of(entry.body()).map(Act::fingerprint).orElseThrow());
    assertThat(parents(found)).isEqualTo(common.parents());
    Origin origin =
        new Origin(
            EntryId.text(found.ledger),
            text(bytes, found.hostFrom, found.hostTo),
            found.repositoryId);
    assertThat(origin).isEqualTo(Origin.of(entry));
    assertThat(signatures(found, bytes)).isEqualTo(entry.signatures());
    String tree = found.treeTo == 0 ? null : text(bytes, found.treeFrom, found.treeTo);
    assertThat(Optional.ofNullable(tree))
        .isEqualTo(Optional.ofNullable(TreeComparison.tree(entry.body())));
  }

  private static List<String> parents(ScannedLine found) {
    return Stream.iterate(0, i -> i < found.parents, i -> i + 1)
        .map(i -> EntryId.text(Arrays.copyOfRange(found.parentIds, 4 * i, 4 * i + 4)))
        .toList();
  }

  private static List<EntrySignature> signatures(ScannedLine found, byte[] bytes) {
    return found.keyTo == 0
        ? List.of()
        : List.of(
            new EntrySignature(
                EntrySignature.ED25519,
                text(bytes, found.keyFrom, found.keyTo),
                text(bytes, found.signatureFrom, found.signatureTo)));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, UTF_8);
  }
}

package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The target of {@code fuzz/line}: bytes that stand for a line of the ledger. The first byte says
 * what the others are: a whole line, a body that is given its right id, or one signature of a line
 * that is sound otherwise; bytes at random would hardly ever have the right id.
 */
public final class LineFuzz {
  private static final String GOLDEN =
      Golden.file("unsigned.jsonl").utf8().lines().toList().getLast();
  private static final int LONGEST_MESSAGE = 4096;

  private LineFuzz() {}

  /** What Jazzer calls; anything that is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0) {
      byte[] rest = Arrays.copyOfRange(data, 1, data.length);
      check(
          switch (data[0] % 3) {
            case 0 -> rest;
            case 1 -> withId(rest);
            default -> withSignature(rest);
          });
    }
  }

  /** A line that gets its laws from whether it is accepted. */
  static void check(byte[] line) {
    // What the quick scanner accepts is intact once its id is right, and says the same.
    LineScannerTest.holdsFor(line);
    switch (new LineReader().read(Container.MAIN, 1, line)) {
      case LineReader.Line.Intact(Entry entry) -> checkIntact(line, entry);
      case LineReader.Line.Damaged(_, List<LineReader.Problem> problems) -> checkDamaged(problems);
    }
  }

  private static void checkIntact(byte[] line, Entry entry) {
    demand(Arrays.equals(entry.line().toArray(), line), "keeps the line");
    try {
      demand(
          Arrays.equals(CanonicalJson.bytes(JsonReader.read(line)), line), "is written as it was");
    } catch (JsonException e) {
      throw new IllegalStateException("an intact line is JSON", e);
    }
    byte[] body = entry.canonicalBody().toArray();
    demand(Digest.tagged(SshSignature.ENTRY, body).equals(entry.id()), "has the id of its body");
    byte[] again = CanonicalJson.bytes(BodyWriter.write(entry.body()));
    demand(Arrays.equals(again, body), "says in its body no more than what is read");
    // What is accepted can be verified, whatever is then found.
    Container container = new Container(Container.MAIN, Bytes.utf8(entry.line().utf8() + "\n"));
    new LedgerVerifier().verify(List.of(container), VerifyOptions.standard());
  }

  private static void checkDamaged(List<LineReader.Problem> problems) {
    demand(!problems.isEmpty(), "says why");
    for (LineReader.Problem problem : problems) {
      demand(!problem.code().isWarning(), "is an error");
      demand(!problem.message().isBlank(), "has words");
      demand(problem.message().length() < LONGEST_MESSAGE, "has few words");
    }
  }

  private static void demand(boolean held, String law) {
    if (!held) {
      throw new IllegalStateException("a line does not keep the law: it " + law);
    }
  }

  private static byte[] withId(byte[] body) {
    String id = Digest.tagged(SshSignature.ENTRY, body);
    return joined("{\"body\":", body, ",\"id\":\"" + id + "\",\"sigs\":[]}");
  }

  private static byte[] withSignature(byte[] signature) {
    int end = GOLDEN.length() - "]}".length();
    return joined(GOLDEN.substring(0, end), signature, "]}");
  }

  private static byte[] joined(String before, byte[] bytes, String after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before.getBytes(US_ASCII));
    out.writeBytes(bytes);
    out.writeBytes(after.getBytes(US_ASCII));
    return out.toByteArray();
  }
}

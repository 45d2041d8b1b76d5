package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where {@code fuzz/line} begins: the golden lines, their bodies, signatures, and odd JSON. */
public final class LineSeeds {
  private static final List<String> ODD =
      List.of(
          "",
          "{}",
          "[]",
          "nul",
          "\"\\ud800\"",
          "[1e999999999]",
          "[-0]",
          "{\"a\":1,\"a\":1}",
          "[[[[[[[[[1]]]]]]]]]",
          "\uFEFF{}",
          "{\"body\":{},\"id\":\"\",\"sigs\":[]}");
  private static final List<String> SIGNATURES =
      List.of(
          "{\"alg\":\"rfc3161\",\"token\":\"MAA=\"}",
          "{\"alg\":\"later\"}",
          "{\"alg\":\"ssh-ed25519\",\"key\":\"SHA256:x\",\"sig\":\"x\"}",
          "{\"alg\":1}",
          "1");

  private LineSeeds() {}

  /** Writes each into a file of its own in a directory. */
  public static void main(String... arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Files.createDirectories(directory);
    List<byte[]> seeds = all();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(directory.resolve("seed-" + i), seeds.get(i));
    }
  }

  /** The golden lines of all types, each once. */
  static List<byte[]> lines() {
    return Stream.of("ledger-full.jsonl", "unsigned.jsonl")
        .flatMap(file -> Golden.file(file).utf8().lines())
        .map(line -> line.getBytes(UTF_8))
        .toList();
  }

  /** As the target takes them: the first byte says what the others are. */
  static List<byte[]> all() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] line : lines()) {
      seeds.add(seed(0, line));
      seeds.add(seed(1, CanonicalJson.bytes(Forge.parse(new String(line, UTF_8)).object("body"))));
    }
    ODD.forEach(odd -> seeds.add(seed(0, odd.getBytes(UTF_8))));
    SIGNATURES.forEach(signature -> seeds.add(seed(2, signature.getBytes(UTF_8))));
    return List.copyOf(seeds);
  }

  private static byte[] seed(int kind, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(kind);
    out.writeBytes(bytes);
    return out.toByteArray();
  }
}

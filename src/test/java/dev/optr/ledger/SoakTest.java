package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever is done to a signed ledger, several things at a time: it is found intact exactly where
 * its lines are lines that the holders of the keys wrote, each once in a file, with all of their
 * parents before them.
 */
final class SoakTest {
  private static final List<String> GOLDEN = lines("ledger-full.jsonl");
  private static final List<String> ANOTHER = anotherLedgerByTheSameKeys();
  private static final Map<String, JsonObject> WRITTEN =
      GOLDEN.stream()
          .map(Forge::parse)
          .collect(Collectors.toMap(line -> String.valueOf(line.text("id")), line -> line));
  private static final Set<String> KNOWN_KEYS =
      Stream.of(Keys.ROOT_1, Keys.ROOT_2, Keys.CI_1, Keys.CI_2)
          .map(signer -> signer.publicKey().fingerprint())
          .collect(Collectors.toSet());

  private final LedgerVerifier verifier = new LedgerVerifier();

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void isIntactExactlyWhereItsLinesAreWhatWasWritten(
      @ForAll("mutations") List<Mutation> mutations, @ForAll int split) {
    int inMain = 3 + Math.floorMod(split, GOLDEN.size() - 2);
    List<List<String>> files =
        List.of(
            new ArrayList<>(GOLDEN.subList(0, inMain)),
            new ArrayList<>(GOLDEN.subList(inMain, GOLDEN.size())));
    mutations.forEach(mutation -> mutation.applyTo(files, ANOTHER));
    List<Container> containers = containers(files);

    Verification verification = verifier.verify(containers, Golden.pinned());
    Verification again = verifier.verify(containers.reversed(), Golden.pinned());

    Verification.Result expected = expected(containers);
    Statistics.collect(expected);
    // A law whose cases are nearly all of one kind says little.
    Statistics.coverage(
        coverage -> {
          coverage.check(Verification.Result.OK).percentage(percent -> percent > 2);
          coverage.check(Verification.Result.TAMPERED).percentage(percent -> percent > 50);
        });
    assertThat(verification.result()).as("%s", verification.findings()).isEqualTo(expected);
    assertThat(again.findings()).isEqualTo(verification.findings());
    assertThat(again.warnings()).isEqualTo(verification.warnings());
    assertThat(verification.findings().isEmpty())
        .isEqualTo(expected != Verification.Result.TAMPERED);
    assertThat(verification.findings())
        .allSatisfy(finding -> assertThat(finding.message()).isNotBlank().hasSizeLessThan(2000));
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    return Combinators.combine(
            Arbitraries.of(Mutation.Kind.values()),
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.integers())
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** What must come out, told without any class of the verifier. */
  private static Verification.Result expected(List<Container> containers) {
    Map<String, Integer> firstFile = new HashMap<>();
    List<List<String>> ids = new ArrayList<>();
    for (Container container : containers) {
      List<String> own = new ArrayList<>();
      String text = container.bytes().utf8();
      for (String line : text.split("\n", -1)) {
        Optional<String> id = idOfWritten(line);
        if (id.isEmpty() && !(line.isEmpty() && own.size() == count(text))) {
          return Verification.Result.TAMPERED;
        }
        id.ifPresent(own::add);
      }
      ids.add(own);
      own.forEach(id -> firstFile.putIfAbsent(id, ids.size()));
    }
    if (firstFile.isEmpty()) {
      return Verification.Result.UNDECIDED;
    }
    boolean whole = ids.stream().allMatch(own -> isInOrder(own, firstFile.keySet()));
    return whole && firstFile.containsKey(Golden.GENESIS)
        ? Verification.Result.OK
        : Verification.Result.TAMPERED;
  }

  private static long count(String text) {
    return text.chars().filter(character -> character == '\n').count();
  }

  /** Each once, and no parent behind its child or nowhere. */
  private static boolean isInOrder(List<String> file, Set<String> everywhere) {
    Set<String> seen = new HashSet<>();
    for (String id : file) {
      for (String parent : parents(id)) {
        if (!everywhere.contains(parent) || (file.contains(parent) && !seen.contains(parent))) {
          return false;
        }
      }
      if (!seen.add(id)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parents(String id) {
    return Optional.ofNullable(WRITTEN.get(id))
        .map(line -> line.object("body").array("parents"))
        .orElse(List.of())
        .stream()
        .map(parent -> ((Json.Text) parent).value())
        .toList();
  }

  /** The id, where the line says what was written, and what known keys say is what they said. */
  private static Optional<String> idOfWritten(String line) {
    return Mutation.parsed(line)
        .filter(parsed -> CanonicalJson.text(parsed).equals(line))
        .filter(parsed -> parsed.members().size() == 3)
        .flatMap(
            parsed -> {
              String id = String.valueOf(parsed.text("id"));
              JsonObject written = WRITTEN.get(id);
              return written != null
                      && parsed.object("body").equals(written.object("body"))
                      && hasTheSignatureOf(parsed, written)
                  ? Optional.of(id)
                  : Optional.empty();
            });
  }

  private static boolean hasTheSignatureOf(JsonObject line, JsonObject written) {
    Set<Json> byKnownKeys =
        Mutation.signatures(line).stream()
            .map(JsonObject.class::cast)
            .filter(signature -> KNOWN_KEYS.contains(signature.text("key")))
            .collect(Collectors.toSet());
    return byKnownKeys.equals(Set.copyOf(Mutation.signatures(written)));
  }

  private static List<Container> containers(List<List<String>> files) {
    return List.of(
        new Container(Container.MAIN, bytes(files.get(0))),
        new Container(Container.shard(9), bytes(files.get(1))));
  }

  private static Bytes bytes(List<String> lines) {
    return Bytes.utf8(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private static List<String> lines(String file) {
    return Golden.file(file).utf8().lines().toList();
  }

  /** What the same holders wrote for another repository: good signatures, wrong place. */
  private static List<String> anotherLedgerByTheSameKeys() {
    List<Signer> signers =
        List.of(
            Keys.ROOT_1,
            Keys.CI_1,
            Keys.CI_1,
            Keys.CI_1,
            Keys.ROOT_2,
            Keys.CI_2,
            Keys.CI_2,
            Keys.CI_2);
    Map<String, String> ids = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < GOLDEN.size(); i++) {
      String text = GOLDEN.get(i).replace("\"host\":\"github.com\"", "\"host\":\"example.org\"");
      for (Map.Entry<String, String> known : ids.entrySet()) {
        text = text.replace(known.getKey(), known.getValue());
      }
      String line = Forge.line(sorted(Forge.parse(text).object("body")), signers.get(i));
      ids.put(
          String.valueOf(Forge.parse(GOLDEN.get(i)).text("id")),
          String.valueOf(Forge.parse(line).text("id")));
      lines.add(line);
    }
    return List.copyOf(lines);
  }

  private static JsonObject sorted(JsonObject body) {
    List<String> parents =
        body.array("parents").stream()
            .map(parent -> ((Json.Text) parent).value())
            .sorted()
            .toList();
    return body.with("parents", Json.texts(parents));
  }
}

package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * Whatever is put upon a ledger that was verified, and whatever is done to all of it then: with a
 * checkpoint either the same is said as without, or nothing.
 */
final class CheckpointLawTest {
  private static final List<String> GOLDEN =
      Golden.file("ledger-full.jsonl").utf8().lines().toList();
  private static final List<String> ANOTHER = Golden.file("unsigned.jsonl").utf8().lines().toList();
  private static final int USUAL = 12;
  private static final int RUN = 5;

  private final LedgerVerifier verifier = new LedgerVerifier();

  /**
   * An entry to be put upon others.
   *
   * @param upon chooses the parents
   * @param what chooses type, subject and run
   */
  record Addition(int upon, int second, int what, int signer, boolean inShard) {}

  @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void saysTheSameWithACheckpointOrNothing(
      @ForAll("additions") List<Addition> additions,
      @ForAll("mutations") List<Mutation> mutations,
      @ForAll int split,
      @ForAll int asked) {
    int inMain = 3 + Math.floorMod(split, GOLDEN.size() - 2);
    int inAll = Math.max(inMain, 5 + Math.floorMod(split / 10, GOLDEN.size() - 4));
    List<List<String>> files =
        List.of(
            new ArrayList<>(GOLDEN.subList(0, inMain)),
            new ArrayList<>(GOLDEN.subList(inMain, inAll)));
    LedgerCheckpoint checkpoint = checkpoint(containers(files));
    additions.forEach(addition -> add(addition, files));
    VerifyOptions options = Golden.pinned().since(asked(files, inAll, asked));
    mutations.forEach(mutation -> mutation.applyTo(files, ANOTHER));
    List<Container> containers = containers(files);

    Optional<Verdict> known =
        new CheckpointVerifier(checkpoint)
            .verify(containers, options)
            .map(CheckpointVerifier.Continuation::verdict);
    Verdict whole = verifier.verify(containers, options).verdict();

    Statistics.collect(known.isPresent());
    Statistics.coverage(
        coverage -> {
          coverage.check(true).percentage(percent -> percent > 10);
          coverage.check(false).percentage(percent -> percent > 10);
        });
    known.ifPresent(verdict -> assertThat(verdict).isEqualTo(whole));
  }

  private LedgerCheckpoint checkpoint(List<Container> containers) {
    CheckpointMaker maker = new CheckpointMaker(containers);
    byte[] kept =
        maker
            .after(verifier.verify(containers, Golden.pinned()), Golden.pinned())
            .orElseThrow()
            .bytes("1")
            .toArray();
    return LedgerCheckpoint.parse(kept, "1").orElseThrow();
  }

  private static String asked(List<List<String>> files, int inAll, int number) {
    return isUsual(number)
        ? id(Forge.parse(GOLDEN.get(inAll - 1)))
        : id(chosen(lines(files), number));
  }

  /** What honest writers do; all else happens now and then. */
  private static boolean isUsual(int number) {
    return Math.floorMod(number, USUAL + 1) > 0;
  }

  private static <T> T chosen(List<T> from, int number) {
    return from.get(Math.floorMod(number / (USUAL + 1), from.size()));
  }

  private static void add(Addition addition, List<List<String>> files) {
    List<JsonObject> lines = lines(files);
    JsonObject parent = parent(lines, addition.upon());
    JsonObject other = isUsual(addition.second() / 2) ? parent : parent(lines, addition.second());
    int kind = Math.floorMod(addition.what(), 6);
    JsonObject sample = Forge.parse(GOLDEN.get(kind < 2 ? RUN + 1 + kind : RUN)).object("body");
    JsonObject body = upon(sample, parent, other, Math.floorMod(addition.what(), 1000));
    Signer signer =
        isUsual(addition.signer())
            ? Keys.CI_2
            : chosen(List.of(Keys.CI_1, Keys.EVIL, Keys.ROOT_1), addition.signer());
    files
        .get(addition.inShard() ? 1 : 0)
        .add(Forge.line(kind < 2 ? body.with("entry", Json.text(id(other))) : body, signer));
  }

  private static JsonObject upon(JsonObject sample, JsonObject parent, JsonObject other, int run) {
    JsonObject later = text(parent, "ts").compareTo(text(other, "ts")) < 0 ? other : parent;
    long height = Math.max(height(parent), height(other)) + 1;
    return Forge.child(sample, later.object("body"), id(parent), run)
        .with("parents", Json.texts(List.copyOf(new TreeSet<>(List.of(id(parent), id(other))))))
        .with("height", Json.number(height));
  }

  /** Mostly one that is nobody's parent yet. */
  private static JsonObject parent(List<JsonObject> lines, int number) {
    Set<Json> parents =
        lines.stream()
            .flatMap(line -> line.object("body").array("parents").stream())
            .collect(Collectors.toSet());
    List<JsonObject> heads =
        lines.stream().filter(line -> !parents.contains(Json.text(id(line)))).toList();
    return chosen(isUsual(number) ? heads : lines, number);
  }

  private static List<JsonObject> lines(List<List<String>> files) {
    return files.stream().flatMap(List::stream).map(Forge::parse).toList();
  }

  private static long height(JsonObject line) {
    return Forge.number(line.object("body"), "height");
  }

  private static String id(JsonObject line) {
    return String.valueOf(line.text("id"));
  }

  private static String text(JsonObject line, String name) {
    return String.valueOf(line.object("body").text(name));
  }

  private static List<Container> containers(List<List<String>> files) {
    return List.of(
        new Container(Container.MAIN, bytes(files.get(0))),
        new Container(Container.shard(9), bytes(files.get(1))));
  }

  private static Bytes bytes(List<String> lines) {
    return Bytes.utf8(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  @Provide
  Arbitrary<List<Addition>> additions() {
    return Combinators.combine(
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.of(true, false))
        .as(Addition::new)
        .list()
        .ofMaxSize(4);
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
        .ofMaxSize(1);
  }
}

package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Merging ledger files: nothing lost, nothing changed, whatever the two sides have. */
final class LedgerMergePropertyTest {
  private static final Bytes NOTHING = Bytes.of(new byte[0]);

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void mergesToTheUnionBehindTheFirstFile(
      @ForAll long seed,
      @ForAll @IntRange(max = 7) int shared,
      @ForAll @IntRange(max = 5) int ours,
      @ForAll @IntRange(max = 5) int theirs) {
    Random random = new Random(seed);
    Bytes base = grown(NOTHING, shared, 0, random);
    Bytes one = grown(base, ours, 100, random);
    Bytes other = grown(base, theirs, 200, random);
    Bytes merged = merge(base, one, other);

    assertThat(merged.utf8()).startsWith(one.utf8());
    assertThat(lines(merged)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(lines(merged))).isEqualTo(union(one, other));
    assertThat(new HashSet<>(lines(merge(base, other, one)))).isEqualTo(union(one, other));
    assertThat(merge(one, merged, one)).as("merged again").isEqualTo(merged);
    Verification verified =
        new LedgerVerifier()
            .verify(
                List.of(new Container(Container.MAIN, merged)),
                VerifyOptions.standard().allowingTofu());
    assertThat(verified.findings()).isEmpty();
  }

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
  void foldsFilesOfPullRequestsOnce(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int shards) {
    Random random = new Random(seed);
    List<Container> files = new ArrayList<>();
    Set<String> all = new HashSet<>();
    for (int i = 1; i <= shards; i++) {
      Bytes shard = grown(NOTHING, 1 + random.nextInt(3), i * 100L, random);
      files.add(new Container(Container.shard(i), shard));
      all.addAll(lines(shard));
    }
    LedgerFold fold = LedgerFold.of(files);

    assertThat(new HashSet<>(lines(fold.main().bytes()))).isEqualTo(all);
    assertThat(fold.lines()).isEqualTo(all.size());
    assertThat(fold.folded()).hasSize(shards);
    List<Container> again = new ArrayList<>(files);
    again.add(fold.main());
    assertThat(LedgerFold.of(again).main().bytes())
        .as("cut short before the files went")
        .isEqualTo(fold.main().bytes());
    assertThat(LedgerFold.of(List.of(fold.main())).folded()).isEmpty();
  }

  private static Bytes grown(Bytes file, int entries, long firstRun, Random random) {
    LedgerAppender appender =
        new LedgerAppender(
            new LedgerVerifier(),
            Layout.SINGLE,
            java.util.Optional.empty(),
            java.util.Optional.empty());
    List<Container> ledger = List.of(new Container(Container.MAIN, file));
    for (int i = 0; i < entries; i++) {
      Receipt receipt =
          LedgerAppenderTest.receipt(
              appender.append(
                  ledger,
                  List.of(),
                  Samples.pullRequest(7, firstRun + i + 1),
                  Samples.NOON.plusSeconds(random.nextInt(100))));
      ledger = List.of(receipt.container());
    }
    return ledger.getFirst().bytes();
  }

  private static Bytes merge(Bytes base, Bytes first, Bytes second) {
    return LedgerMerge.merge(
        new LedgerMerge.Version("base", base),
        new LedgerMerge.Version("first", first),
        new LedgerMerge.Version("second", second));
  }

  private static List<String> lines(Bytes file) {
    return file.utf8().lines().toList();
  }

  private static Set<String> union(Bytes one, Bytes other) {
    Set<String> union = new HashSet<>(lines(one));
    union.addAll(lines(other));
    return union;
  }
}

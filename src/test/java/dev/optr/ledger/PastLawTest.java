package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories: what the one walk says is what the rule says when every file is parsed at every
 * commit.
 */
final class PastLawTest {
  private static final int LINES = 8;

  private final MadeHistory history = new MadeHistory();
  private final Map<String, Files> files = new HashMap<>();
  private final List<String> commits = new ArrayList<>();

  /** Numbers of golden lines in the main file and in one shard. */
  private record Files(List<Integer> main, List<Integer> shard) {
    Container[] containers() {
      return new Container[] {
        MadeHistory.main(main.stream().mapToInt(i -> i).toArray()),
        MadeHistory.shard(shard.stream().mapToInt(i -> i).toArray())
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void oneWalkSaysWhatTheRuleSays(int seed) {
    grow(new Random(seed));
    LedgerPast past = LedgerPast.read(history, Golden.GENESIS);

    Set<String> lost = new TreeSet<>();
    past.losses().forEach(loss -> lost.add(loss.commit() + past.id(loss.place().entry())));
    assertThat(lost).isEqualTo(lost());
    for (int line = 0; line < LINES; line++) {
      String id = Forge.golden("ledger-full.jsonl").id(line);
      assertThat(new HashSet<>(past.introducing(id))).isEqualTo(introducing(id));
      assertThat(past.isPresent(id)).isEqualTo(ids(commits.getLast()).contains(id));
    }
    commits.forEach(commit -> checkTrailers(past, commit));
  }

  private void checkTrailers(LedgerPast past, String commit) {
    for (Container container : history.containers(commit)) {
      for (String id : LedgerVerifier.idsOf(List.of(container))) {
        Optional<Trailers> trailers = past.trailers(commit, id, container.path());
        assertThat(trailers).isPresent();
        assertThat(trailers.get().size()).isEqualTo(ids(commit).size());
        assertThat(trailers.get().heads()).isEqualTo(heads(commit));
        assertThat(trailers.get().root())
            .isEqualTo(MerkleTree.root(LedgerLines.linesOf(container.bytes())));
      }
    }
  }

  private void grow(Random random) {
    add(List.of(), new Files(List.of(0), List.of()));
    for (int i = 0; i < 40; i++) {
      String one = commits.get(random.nextInt(commits.size()));
      String other = commits.get(random.nextInt(commits.size()));
      boolean merge = random.nextInt(3) == 0 && !one.equals(other);
      Files from = files.getOrDefault(one, new Files(List.of(), List.of()));
      Files with = files.getOrDefault(other, from);
      add(
          merge ? List.of(one, other) : List.of(one),
          merge ? merged(from, with) : changed(from, random));
    }
  }

  private void add(List<String> parents, Files fresh) {
    String id = history.commit(parents, LedgerHistory.Line.ANY, fresh.containers());
    files.put(id, fresh);
    commits.add(id);
  }

  private static Files merged(Files one, Files other) {
    return new Files(union(one.main(), other.main()), union(one.shard(), other.shard()));
  }

  private static List<Integer> union(List<Integer> first, List<Integer> second) {
    List<Integer> union = new ArrayList<>(first);
    second.stream().filter(line -> !first.contains(line)).forEach(union::add);
    return union;
  }

  private static Files changed(Files from, Random random) {
    List<Integer> main = new ArrayList<>(from.main());
    List<Integer> shard = new ArrayList<>(from.shard());
    Integer line = random.nextInt(LINES);
    switch (random.nextInt(6)) {
      case 0 -> main.removeIf(line::equals);
      case 1 -> {
        main = union(main, shard);
        shard.clear();
      }
      case 2, 3 -> shard = union(shard, List.of(line));
      default -> main = union(main, List.of(line));
    }
    return new Files(main, shard);
  }

  private Set<String> ids(String commit) {
    return LedgerVerifier.idsOf(history.containers(commit));
  }

  private List<String> parents(String commit) {
    return history.revisions().get(commits.indexOf(commit)).parents();
  }

  /** What is gone already and meets a branch that has it still is not said again. */
  private Set<String> lost() {
    Set<String> lost = new TreeSet<>();
    Set<String> known = new HashSet<>();
    for (String commit : commits) {
      Set<String> gone = new TreeSet<>();
      parents(commit).forEach(parent -> gone.addAll(ids(parent)));
      gone.removeAll(ids(commit));
      gone.removeIf(
          id ->
              known.contains(id)
                  && parents(commit).stream().anyMatch(parent -> !ids(parent).contains(id)));
      gone.forEach(id -> lost.add(commit + id));
      known.addAll(gone);
    }
    return lost;
  }

  private Set<String> introducing(String id) {
    Set<String> introducing = new HashSet<>();
    for (String commit : commits) {
      boolean inherited = parents(commit).stream().anyMatch(parent -> ids(parent).contains(id));
      if (ids(commit).contains(id) && !inherited) {
        introducing.add(commit);
      }
    }
    return introducing;
  }

  private List<String> heads(String commit) {
    Set<String> heads = new TreeSet<>(ids(commit));
    for (int line = 0; line < LINES; line++) {
      Forge golden = Forge.golden("ledger-full.jsonl");
      if (ids(commit).contains(golden.id(line))) {
        golden.body(line).array("parents").stream()
            .map(parent -> ((Json.Text) parent).value())
            .forEach(heads::remove);
      }
    }
    return List.copyOf(heads);
  }
}

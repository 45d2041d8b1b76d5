package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergeTrialsTest {
  private static final String TEN = lines("one", 10);

  @TempDir Path directory;
  private MadeHistory made;

  @BeforeEach
  void begin() {
    made = new MadeHistory(directory);
  }

  @AfterEach
  void end() {
    made.close();
  }

  private static String lines(String word, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> word + " line " + i + "\n")
        .collect(Collectors.joining());
  }

  private MergeTrial merge(
      Map<String, String> base, Map<String, String> ours, Map<String, String> theirs)
      throws InterruptedException {
    String root = made.commit(base);
    return made.merge(made.commit(ours, root), made.commit(theirs, root));
  }

  private static MergeTrial conflicts(String... files) {
    return new MergeTrial.Conflicts(List.of(files), files.length);
  }

  private static final MergeTrial CLEAN = new MergeTrial.Clean();

  @Test
  void mergesChangesOfDifferentFiles() throws Exception {
    assertThat(
            merge(
                Map.of("a", "1\n", "b", "1\n"),
                Map.of("a", "2\n", "b", "1\n"),
                Map.of("a", "1\n", "b", "2\n")))
        .isEqualTo(CLEAN);
  }

  @Test
  void mergesChangesOfDifferentLines() throws Exception {
    Map<String, String> base = Map.of("a", TEN);
    assertThat(
            merge(
                base,
                Map.of("a", TEN.replace("line 1\n", "line I\n")),
                Map.of("a", TEN.replace("line 8\n", "line VIII\n"))))
        .isEqualTo(CLEAN);
  }

  @Test
  void doesNotMergeChangesThatTouchEachOther() throws Exception {
    Map<String, String> base = Map.of("a", TEN);
    Map<String, String> third = Map.of("a", TEN.replace("line 3\n", "line III\n"));
    assertThat(merge(base, third, Map.of("a", TEN.replace("line 4\n", "line IV\n"))))
        .isEqualTo(conflicts("a"));
    assertThat(merge(base, third, Map.of("a", TEN.replace("line 5\n", "line V\n"))))
        .isEqualTo(CLEAN);
    assertThat(merge(base, third, third)).isEqualTo(CLEAN);
  }

  @Test
  void followsAFileThatOneSideMoved() throws Exception {
    Map<String, String> base = Map.of("a", TEN, "z", "z\n");
    Map<String, String> moved = Map.of("b", TEN, "z", "z\n");
    assertThat(merge(base, moved, Map.of("a", TEN + "more\n", "z", "z\n"))).isEqualTo(CLEAN);
    assertThat(merge(base, Map.of("a", TEN + "more\n", "z", "z\n"), moved)).isEqualTo(CLEAN);
    assertThat(
            merge(
                base,
                Map.of("b", TEN.replace("line 3\n", "line III\n"), "z", "z\n"),
                Map.of("a", TEN.replace("line 3\n", "line iii\n"), "z", "z\n")))
        .isEqualTo(conflicts("a"));
  }

  @Test
  void doesNotMergeTwoPlacesForOneFile() throws Exception {
    Map<String, String> base = Map.of("a", TEN, "z", "z\n");
    assertThat(merge(base, Map.of("b", TEN, "z", "z\n"), Map.of("c", TEN, "z", "z\n")))
        .isEqualTo(conflicts("a"));
    assertThat(merge(base, Map.of("b", TEN, "z", "z\n"), Map.of("z", "z\n")))
        .isEqualTo(conflicts("a"));
    assertThat(
            merge(base, Map.of("b", TEN + "x\n", "z", "z\n"), Map.of("b", "y\n" + TEN, "z", "z\n")))
        .isEqualTo(CLEAN);
    assertThat(merge(base, Map.of("z", "z\n"), Map.of("z", "z\n"))).isEqualTo(CLEAN);
  }

  @Test
  void seesAFileThatLeftADirectoryWhichBecameAFile() throws Exception {
    assertThat(
            merge(
                Map.of("d/x", TEN, "z", "z\n"),
                Map.of("d", "1\n", "z", "z\n"),
                Map.of("moved", TEN, "z", "z\n")))
        .isEqualTo(conflicts("d/x"));
  }

  @Test
  void anEmptyFileIsNeverOneThatMoved() throws Exception {
    assertThat(
            merge(
                Map.of("a/__init__.py", "", "z", "z\n"),
                Map.of("b/__init__.py", "", "z", "z\n"),
                Map.of("z", "z\n")))
        .isEqualTo(CLEAN);
  }

  @Test
  void doesNotMergeWhatOneSideDeletedAndTheOtherChanged() throws Exception {
    Map<String, String> base = Map.of("a", "1\n", "z", "z\n");
    assertThat(merge(base, Map.of("z", "z\n"), Map.of("a", "2\n", "z", "z\n")))
        .isEqualTo(conflicts("a"));
    assertThat(merge(base, Map.of("a", "2\n", "z", "z\n"), Map.of("z", "z\n")))
        .isEqualTo(conflicts("a"));
  }

  @Test
  void doesNotMergeAFileWithADirectory() throws Exception {
    Map<String, String> base = Map.of("z", "z\n");
    assertThat(merge(base, Map.of("d", "1\n", "z", "z\n"), Map.of("d/x", "1\n", "z", "z\n")))
        .isEqualTo(conflicts("d"));
    Map<String, String> directory = Map.of("d/x", "1\n", "d/y", "1\n", "z", "z\n");
    assertThat(
            merge(
                directory,
                Map.of("d", "now a file\n", "z", "z\n"),
                Map.of("d/x", "2\n", "d/y", "1\n", "z", "z\n")))
        .isEqualTo(conflicts("d/x"));
    assertThat(
            merge(
                directory,
                Map.of("d", "now a file\n", "z", "z\n"),
                Map.of("d/new", "1\n", "d/x", "1\n", "d/y", "1\n", "z", "z\n")))
        .isEqualTo(conflicts("d"));
    assertThat(
            merge(
                directory,
                Map.of("d", "now a file\n", "z", "z\n"),
                Map.of("d/x", "1\n", "z", "z\n")))
        .isEqualTo(CLEAN);
  }

  @Test
  void mergesModesAndDoesNotMergeWhatIsNoText() throws Exception {
    FileMode file = FileMode.REGULAR_FILE;
    assertThat(one(file, TEN, FileMode.EXECUTABLE_FILE, TEN, file, TEN + "x\n")).isEqualTo(CLEAN);
    assertThat(one(file, "a\0", file, "b\0", file, "c\0")).isEqualTo(conflicts("a"));
    assertThat(one(file, "a\0", file, "b\0", file, "a\0")).isEqualTo(CLEAN);
    assertThat(one(FileMode.SYMLINK, "a", FileMode.SYMLINK, "b", FileMode.SYMLINK, "c"))
        .isEqualTo(conflicts("a"));
    assertThat(one(file, TEN, FileMode.SYMLINK, "b", file, TEN + "x\n")).isEqualTo(conflicts("a"));
    assertThat(
            one(
                FileMode.GITLINK,
                "1".repeat(40),
                FileMode.GITLINK,
                "2".repeat(40),
                FileMode.GITLINK,
                "3".repeat(40)))
        .isEqualTo(conflicts("a"));
  }

  private MergeTrial one(
      FileMode baseMode,
      String base,
      FileMode ourMode,
      String ours,
      FileMode theirMode,
      String theirs)
      throws InterruptedException {
    String root = made.commitOf(Map.of("a", new MadeHistory.Entry(baseMode, base)));
    return made.merge(
        made.commitOf(Map.of("a", new MadeHistory.Entry(ourMode, ours)), root),
        made.commitOf(Map.of("a", new MadeHistory.Entry(theirMode, theirs)), root));
  }

  @Test
  void aSymbolicLinkWhereTheOtherSideHasADirectoryIsAConflict() throws Exception {
    String root = made.commit(Map.of("z", "z\n"));
    String link =
        made.commitOf(
            Map.of(
                "d",
                new MadeHistory.Entry(FileMode.SYMLINK, "/etc"),
                "z",
                MadeHistory.Entry.file("z\n")),
            root);
    assertThat(made.merge(link, made.commit(Map.of("d/passwd", "x\n", "z", "z\n"), root)))
        .isEqualTo(conflicts("d"));
  }

  @Test
  void namesThatDifferInCaseAloneAreDifferentNamesAsForGit() throws Exception {
    Map<String, String> base = Map.of("z", "z\n");
    assertThat(
            merge(base, Map.of("README", "1\n", "z", "z\n"), Map.of("readme", "2\n", "z", "z\n")))
        .isEqualTo(CLEAN);
  }

  @Test
  void leavesTheDatalakeOut() throws Exception {
    Map<String, String> base = Map.of("datalake/ledger.jsonl", "1\n", "a/datalake", "1\n");
    assertThat(
            merge(
                base,
                Map.of("datalake/ledger.jsonl", "2\n", "a/datalake", "1\n"),
                Map.of("datalake/ledger.jsonl", "3\n", "a/datalake", "1\n")))
        .isEqualTo(CLEAN);
    assertThat(
            merge(
                base,
                Map.of("datalake/ledger.jsonl", "1\n", "a/datalake", "2\n"),
                Map.of("datalake/ledger.jsonl", "1\n", "a/datalake", "3\n")))
        .isEqualTo(conflicts("a/datalake"));
  }

  @Test
  void showsNoControlCharacterOfAName() throws Exception {
    Map<String, String> base = Map.of("z", "z\n");
    MergeTrial trial =
        merge(
            base,
            Map.of("a\n::error::\u202Eb", "1\n", "z", "z\n"),
            Map.of("a\n::error::\u202Eb", "2\n", "z", "z\n"));
    assertThat(trial).isEqualTo(conflicts("a\\u000a::error::\\u202eb"));
  }

  @Test
  void namesTheFirstFiftyFilesAndCountsTheRest() throws Exception {
    Map<String, String> ours = new HashMap<>(Map.of("z", "z\n"));
    Map<String, String> theirs = new HashMap<>(Map.of("z", "z\n"));
    for (int i = 100; i < 160; i++) {
      ours.put("f" + i, "1\n");
      theirs.put("f" + i, "2\n");
    }
    assertThat(merge(Map.of("z", "z\n"), ours, theirs))
        .isInstanceOfSatisfying(
            MergeTrial.Conflicts.class,
            found -> {
              assertThat(found.count()).isEqualTo(60);
              assertThat(found.files()).hasSize(50).startsWith("f100").endsWith("f149");
            });
  }

  @Test
  void triesACandidateAsAChildOfTheFrozenCommit() throws Exception {
    String root = made.commit(Map.of("a", TEN, "b", "1\n"));
    String frozen = made.commit(Map.of("a", TEN, "b", "2\n"), root);
    String other = made.commit(Map.of("a", TEN.replace("line 3\n", "III\n"), "b", "1\n"), root);
    MergeTrials trials = made.trials(frozen);
    assertThat(trials.frozen(List.of(other))).containsExactly(Map.entry(other, CLEAN));
    FrozenTree tree = made.repository().frozenTree(frozen);
    String candidate = tree("line 3\n", tree);
    assertThat(trials.candidate(candidate, List.of(other)))
        .containsExactly(Map.entry(other, conflicts("a")));
    assertThat(trials.candidate(tree("line 7\n", tree), List.of(other)))
        .containsExactly(Map.entry(other, CLEAN));
  }

  private String tree(String line, FrozenTree frozen) {
    TreeResult result =
        made.store().apply(frozen, List.of(new Edit.Replace("a", line, "something else\n")));
    assertThat(result).isInstanceOf(TreeResult.Applied.class);
    return ((TreeResult.Applied) result).tree();
  }

  @Test
  void mergesTheBasesOfHistoriesThatCross() throws Exception {
    String root = made.commit(Map.of("a", TEN));
    String first = TEN.replace("line 2\n", "line II\n");
    String second = TEN.replace("line 6\n", "line VI\n");
    String both = first.replace("line 6\n", "line VI\n");
    String left = made.commit(Map.of("a", first), root);
    String right = made.commit(Map.of("a", second), root);
    String leftMerged = made.commit(Map.of("a", both), left, right);
    String rightMerged = made.commit(Map.of("a", both), right, left);
    // With either base alone these two would conflict.
    String ours =
        made.commit(
            Map.of("a", both.replace("line II\n", "two\n").replace("line VI\n", "six\n")),
            leftMerged);
    String theirs = made.commit(Map.of("a", both + "more\n"), rightMerged);
    assertThat(made.merge(ours, theirs)).isEqualTo(CLEAN);
    assertThat(made.merge(ours, made.commit(Map.of("a", both.replace("VI", "6")), rightMerged)))
        .isEqualTo(conflicts("a"));
  }

  @Test
  void knowsCommitsThatShareNoHistory() throws Exception {
    assertThat(made.merge(made.commit(Map.of("a", "1\n")), made.commit(Map.of("a", "2\n"))))
        .isEqualTo(new MergeTrial.Unrelated());
  }

  @Test
  void cannotTellWhereTheHistoryIsCutOff() throws Exception {
    String root = made.commit(Map.of("a", "1\n"));
    String ours = made.commit(Map.of("a", "2\n"), root);
    String theirs = made.commit(Map.of("b", "2\n"), root);
    Files.writeString(
        made.repository().gitDirectory().resolve("shallow"), ours + "\n" + theirs + "\n");
    assertThat(made.merge(ours, theirs)).isInstanceOf(MergeTrial.Unknown.class);
  }

  @Test
  void oneHeadThatCannotBeReadHidesNoOther() throws Exception {
    String root = made.commit(Map.of("a", "1\n"));
    String ours = made.commit(Map.of("a", "2\n"), root);
    String gone = "0123456789012345678901234567890123456789";
    String blob = made.store().branchObjects().blob(new byte[] {1});
    List<String> others = new ArrayList<>(List.of(gone, made.commit(Map.of("a", "3\n"), root)));
    Map<String, MergeTrial> trials = made.trials(ours).frozen(others);
    assertThat(trials.get(gone))
        .isEqualTo(new MergeTrial.Unknown("the object " + gone + " is not here"));
    assertThat(trials.get(others.get(1))).isEqualTo(conflicts("a"));
    assertThat(made.merge(ours, blob)).isInstanceOf(MergeTrial.Unknown.class);
  }

  @Test
  void cannotTellOfTextsThatAreTooLarge() throws Exception {
    String many = "\n".repeat(200_001);
    assertThat(merge(Map.of("a", many), Map.of("a", many + "x\n"), Map.of("a", "y\n" + many)))
        .isEqualTo(new MergeTrial.Unknown("'a' is too large to merge by lines"));
    assertThat(
            merge(
                Map.of("a", many, "b", "1\n"),
                Map.of("a", many + "x\n", "b", "2\n"),
                Map.of("a", "y\n" + many, "b", "3\n")))
        .isEqualTo(conflicts("b"));
  }

  @Test
  void aHeadWithAHundredThousandEntriesInTheWayIsOneConflict() throws Exception {
    Map<String, MadeHistory.Entry> many = new HashMap<>();
    MadeHistory.Entry same = MadeHistory.Entry.file("x\n");
    for (int i = 0; i < 100_000; i++) {
      many.put("d/f" + i, same);
    }
    String root = made.commit(Map.of("z", "z\n"));
    String theirs = made.commitOf(many, root);
    assertThat(made.merge(made.commit(Map.of("d", "1\n", "z", "z\n"), root), theirs))
        .isEqualTo(conflicts("d"));
    assertThat(made.merge(made.commit(Map.of("e", "1\n", "z", "z\n"), root), theirs))
        .isEqualTo(CLEAN);
  }

  @Test
  void endsWhenItsCallerIsInterrupted() {
    String root = made.commit(Map.of("a", "1\n"));
    String ours = made.commit(Map.of("a", "2\n"), root);
    String theirs = made.commit(Map.of("a", "3\n"), root);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> made.merge(ours, theirs)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void writesNothingToTheRepository() throws Exception {
    String root = made.commit(Map.of("a", TEN));
    String ours = made.commit(Map.of("a", TEN + "x\n"), root);
    String theirs = made.commit(Map.of("a", "y\n" + TEN), root);
    List<Path> before = files();
    assertThat(made.merge(ours, theirs)).isEqualTo(CLEAN);
    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(made.repository().gitDirectory())) {
      return files.sorted().toList();
    }
  }
}

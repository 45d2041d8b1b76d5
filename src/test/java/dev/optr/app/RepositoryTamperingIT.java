package dev.optr.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.git.GitRepository;
import dev.optr.testing.ManyCommands;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.Tampering;
import dev.optr.testing.TamperingPage;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be done to a repository with a signed ledger of two runs, and what {@code optr verify}
 * in another process says of it, knowing the genesis and, where a row says so, more.
 */
final class RepositoryTamperingIT {
  private static final String LEDGER = "datalake/ledger.jsonl";
  private static final String SELECTION = "datalake/workflows/wish/optr-selection.json";

  @TempDir private Path directory;

  private final List<Tampering> rows = new ArrayList<>();
  private Template template = new Template("", List.of(), List.of());

  /**
   * @param commits frozen commit, first anchor, second anchor
   * @param lines of the ledger: genesis and two runs
   */
  private record Template(String genesis, List<String> commits, List<String> lines) {
    String ledger(int... which) {
      StringBuilder text = new StringBuilder();
      for (int line : which) {
        text.append(lines.get(line)).append('\n');
      }
      return text.toString();
    }

    String entry(int line) {
      return Invocation.text(Invocation.document(lines.get(line)), "id");
    }
  }

  /** Does something to a copy of the template. */
  private interface Deed {
    void doTo(TempRepo repository);
  }

  @Test
  void everyTamperingIsSaidAsTheTableSays() throws Exception {
    assumeTrue(RealGit.isPresent(), "git writes a commit as it is told");
    makeTemplate();
    intact("none", "nothing", _ -> {}, "W_NO_OUTSIDE_MEMORY");
    lines();
    history();
    anchors();
    everydayGit();
    remembered();

    List<ProgramProcess.Result> results =
        ManyCommands.run(
            directory,
            Map.of(
                "PATH",
                System.getenv("PATH"),
                "XDG_STATE_HOME",
                directory.resolve("state").toString()),
            rows.stream().map(Tampering::command).toList());
    List<Tampering> wrong = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Tampering found = rows.get(i).found(results.get(i));
      if (!rows.get(i).isBorneOutBy(found)) {
        wrong.add(found);
      }
    }
    assertThat(wrong).as("what came out otherwise than it should").isEmpty();
    assertThat(rows).hasSizeGreaterThan(20);
    TamperingPage.check("Repositories", rows);
  }

  private void lines() {
    found(
        "edit",
        "a line in a later commit",
        repository ->
            commit(repository, LEDGER, template.ledger(0, 1, 2).replace("\"anna\"", "\"anne\"")),
        "E_ID",
        "E_NOT_PREFIX");
    found(
        "damage",
        "line ends of another system",
        repository -> commit(repository, LEDGER, template.ledger(0, 1, 2).replace("\n", "\r\n")),
        "E_GENESIS",
        "E_NOT_CANONICAL",
        "E_NOT_PREFIX");
    intact(
        "drift",
        "a line in the work tree, uncommitted",
        repository -> repository.write(LEDGER, "nonsense\n"),
        "W_DRIFT");
  }

  private void history() {
    found(
        "truncate",
        "the last line, by a later commit",
        repository -> commit(repository, LEDGER, template.ledger(0, 1)),
        "E_NOT_PREFIX");
    found(
        "truncate",
        "the whole file, by a later commit",
        repository -> repository.delete("Forget", LEDGER),
        "E_NOT_PREFIX");
    row(
        "truncate",
        "the whole file, by a later commit",
        repository -> repository.delete("Forget", LEDGER),
        List.of("--head", template.entry(2)),
        4,
        "E_NOT_PREFIX",
        "E_ROLLBACK");
    intact(
        "truncate",
        "the branch set back",
        repository -> setBack(repository, template.commits().get(1)),
        "W_NO_OUTSIDE_MEMORY");
    remembered(
        "truncate",
        "the branch set back",
        repository -> setBack(repository, template.commits().get(1)));
    intact(
        "restore",
        "a line taken away and put back",
        repository -> {
          commit(repository, LEDGER, template.ledger(0, 1));
          commit(repository, LEDGER, template.ledger(0, 1, 2));
        },
        "W_RESTORED");
    found(
        "reorder",
        "a child before its parent",
        repository -> commit(repository, LEDGER, template.ledger(0, 2, 1)),
        "E_NOT_PREFIX",
        "E_ORDER");
  }

  private void anchors() {
    found(
        "output changed",
        "in an anchor made anew",
        repository ->
            anchorAnew(
                repository,
                template.commits().getFirst(),
                files -> files.merge(SELECTION, "", (old, _) -> old.replace("anna", "anne")),
                ""),
        "E_OUTPUT");
    found(
        "output changed",
        "left out of an anchor made anew",
        repository ->
            anchorAnew(
                repository, template.commits().getFirst(), files -> files.remove(SELECTION), ""),
        "E_OUTPUT");
    found(
        "replay",
        "an anchor upon another commit",
        repository -> {
          setBack(repository, template.commits().getFirst());
          String other = repository.commit("Go elsewhere", Map.of("b.txt", "two\n"));
          anchorAnew(repository, other, _ -> {}, "");
        },
        "E_ANCHOR_MISMATCH");
    found(
        "replay",
        "an anchor with more in it",
        repository ->
            anchorAnew(
                repository,
                template.commits().getFirst(),
                files -> files.put("datalake/workflows/other/intent.json", "{}\n"),
                ""),
        "E_ANCHOR_MISMATCH");
    found(
        "replay",
        "an anchor with another size in its trailers",
        repository ->
            anchorAnew(repository, template.commits().getFirst(), _ -> {}, "Optr-Ledger-Size: 2"),
        "E_ANCHOR_MISMATCH");
    found(
        "key swap",
        "an anchor that says another time than its signature covers",
        repository -> redate(repository, "author|committer"),
        "E_ANCHOR_SIG");
    // What a rebase makes has a committer of its own: no anchor any more, and no false one.
    intact(
        "rebase",
        "an anchor that was committed again",
        repository -> redate(repository, "committer"),
        "W_UNREACHABLE");
    intact(
        "output changed",
        "after its anchor",
        repository -> commit(repository, SELECTION, "{}\n"),
        "W_DRIFT");
  }

  private void everydayGit() {
    intact(
        "squash",
        "both anchors and work of one's own in one commit",
        repository -> {
          Map<String, String> files = filesOf(repository, template.commits().getLast());
          files.put("b.txt", "two\n");
          String message = messageOf(repository, template.commits().getLast());
          setBack(repository, template.commits().getFirst());
          repository.commit("Fix it (#7)\n\n" + message, files);
        },
        "W_UNANCHORED",
        "W_UNREACHABLE");
    intact(
        "insert",
        "the lines without any anchor",
        repository -> {
          setBack(repository, template.commits().getFirst());
          commit(repository, LEDGER, template.ledger(0, 1, 2));
        },
        "W_UNANCHORED");
  }

  /** What this machine saw last of the branch; the first of the two rows remembers it. */
  private void remembered() {
    List<String> remembering = List.of("--links");
    row("truncate", "nothing, and that is remembered", _ -> {}, remembering, 0);
    row(
        "truncate",
        "the branch set back under its own name",
        repository -> {
          repository.checkout(template.commits().get(1));
          repository.ref("refs/heads/main", template.commits().get(1));
          repository.checkout("main");
        },
        remembering,
        4,
        "E_ROLLBACK");
  }

  private void makeTemplate() throws Exception {
    Path home = directory.resolve("template");
    try (LocalSite site = LocalSite.withTwoGoodAgents(home)) {
      site.variable("OPTR_SIGNING_KEY", key());
      List<String> commits = new ArrayList<>(List.of(site.repository().head()));
      for (String wish : List.of("A wish", "Another wish")) {
        assertThat(site.run("--intent", wish).exit()).isZero();
        commits.add(site.repository().head());
      }
      List<String> lines = site.read(LEDGER).lines().toList();
      String genesis = Invocation.text(Invocation.document(lines.getFirst()), "id");
      template = new Template(genesis, commits, lines);
    }
  }

  private static String key() throws Exception {
    byte[] pkcs8 =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getEncoder().encodeToString(pkcs8)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private void found(String kind, String done, Deed deed, String... codes) {
    row(kind, done, deed, List.of(), 4, codes);
  }

  private void intact(String kind, String done, Deed deed, String... warnings) {
    row(kind, done, deed, List.of(), 0, warnings);
  }

  private void remembered(String kind, String done, Deed deed) {
    for (List<String> memory :
        List.of(
            List.of("--head", template.entry(2)),
            List.of("--size", "3"),
            List.of("--since", template.entry(2)),
            List.of("--anchor", template.commits().getLast()))) {
      row(kind, done, deed, memory, 4, "E_ROLLBACK");
    }
  }

  private void row(
      String kind, String done, Deed deed, List<String> memory, int exit, String... codes) {
    Path copy = copy(directory.resolve("case-" + rows.size()));
    try (TempRepo repository = TempRepo.open(copy)) {
      deed.doTo(repository);
    }
    List<String> arguments =
        new ArrayList<>(List.of("--repo", copy.toString(), "--genesis", template.genesis()));
    arguments.addAll(memory.isEmpty() ? List.of("--no-remember") : memory);
    rows.add(new Tampering(kind, done, arguments, exit, List.of(codes)));
  }

  private Path copy(Path copy) {
    Path original = directory.resolve("template/repository");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void commit(TempRepo repository, String path, String text) {
    repository.commitBytes("Change " + path, Map.of(path, text.getBytes(US_ASCII)));
  }

  /** A branch of its own, so that what was behind the commit is on none. */
  private static void setBack(TempRepo repository, String commit) {
    repository.checkout(commit);
    repository.branch("back-" + commit.substring(0, 8) + System.nanoTime());
  }

  /** The first anchor once more, upon a commit, with other files or another last trailer. */
  private void anchorAnew(
      TempRepo repository, String parent, Consumer<Map<String, String>> change, String trailer) {
    String anchor = template.commits().get(1);
    Map<String, String> files = filesOf(repository, anchor);
    change.accept(files);
    String message = messageOf(repository, anchor);
    if (!trailer.isEmpty()) {
      String name = trailer.substring(0, trailer.indexOf(':'));
      message = message.replaceAll(name + ": \\d+", name + ": 9");
    }
    setBack(repository, parent);
    repository.commit(message, files);
  }

  /** HEAD's commit by another clock, with the signature that it had. */
  private static void redate(TempRepo repository, String who) {
    RealGit git = RealGit.in(repository.directory());
    String commit = git.text("cat-file", "commit", "HEAD");
    String other = commit.replaceAll("(\n(?:" + who + ") [^>]*> )\\d+", "$11999999999");
    byte[] id =
        git.bytesFrom(other.getBytes(UTF_8), "hash-object", "-t", "commit", "-w", "--stdin");
    git.text("reset", "-q", "--hard", new String(id, US_ASCII).strip());
  }

  /** What a commit changes under datalake, as it then is. */
  private static Map<String, String> filesOf(TempRepo repository, String commit) {
    try (GitRepository git = repository.repository()) {
      Map<String, String> files = new HashMap<>();
      for (String path : git.changedPaths(commit)) {
        git.file(commit, path).ifPresent(bytes -> files.put(path, bytes.utf8()));
      }
      return files;
    }
  }

  private static String messageOf(TempRepo repository, String commit) {
    try (GitRepository git = repository.repository()) {
      return git.message(commit);
    }
  }
}

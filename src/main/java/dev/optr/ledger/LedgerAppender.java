package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts run entries upon a ledger that it verified first, and verifies the outcome. Writes no file
 * itself: the receipt holds the one that the anchor commit must carry.
 */
public final class LedgerAppender {
  private final LedgerVerifier verifier;
  private final Layout layout;
  private final Optional<Signer> signer;
  private final Optional<String> pinnedGenesis;
  private final LineWriter writer;

  public LedgerAppender(
      LedgerVerifier verifier,
      Layout layout,
      Optional<Signer> signer,
      Optional<String> pinnedGenesis) {
    this.verifier = verifier;
    this.layout = layout;
    this.signer = signer;
    this.pinnedGenesis = pinnedGenesis;
    this.writer = new LineWriter(signer);
  }

  /**
   * What an entry would be put upon, so that a run can be refused before anybody is asked. A
   * finding means that nothing can be appended.
   *
   * @param atParent ledger files of the commit that the anchor is put upon
   * @param atBase those of the base commit, whose genesis counts; none outside of a pull request
   * @param repoCreatedAt as in {@link RunEvent}
   * @throws UserException where key, pin and ledger do not go together
   */
  public Verification check(
      List<Container> atParent,
      List<Container> atBase,
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      @Nullable PullRequestRef pr) {
    return ground(atParent, atBase, repo, repoCreatedAt, pr).before();
  }

  /** True where entries are signed, so that the genesis id of a new ledger is worth pinning. */
  public boolean signs() {
    return signer.isPresent();
  }

  /**
   * Appends one run entry, and before it the genesis where the container needs one. Parameters and
   * faults are those of {@link #check}.
   */
  public AppendResult append(
      List<Container> atParent, List<Container> atBase, RunEvent event, Instant now) {
    Ground ground = ground(atParent, atBase, event.repo(), event.repoCreatedAt(), event.pr());
    if (!ground.before().findings().isEmpty()) {
      return new AppendResult.Refused(ground.before());
    }
    String path = layout.container(event.pr());
    int line = lineCount(with(atParent, path, ground.added()), path) + 1;
    Entry entry = writer.write(body(ground.genesis(), ground.before(), event, now), path, line);
    List<Bytes> added = new ArrayList<>(ground.added());
    added.add(entry.line());
    List<Container> after = with(atParent, path, added);
    return receipt(ground.genesis(), entry, added, after, path, ground.options());
  }

  /**
   * What an entry is put upon.
   *
   * @param added the genesis line, where the container needs one
   */
  private record Ground(
      Entry genesis, List<Bytes> added, Verification before, VerifyOptions options) {}

  private Ground ground(
      List<Container> atParent,
      List<Container> atBase,
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      @Nullable PullRequestRef pr) {
    String path = layout.container(pr);
    Optional<Entry> baseGenesis = chosen(atBase, null);
    String wanted = pinnedGenesis.or(() -> baseGenesis.map(Entry::id)).orElse(null);
    Entry genesis =
        chosen(atParent, wanted)
            .filter(found -> wanted != null || isFor(found, repo))
            .or(() -> baseGenesis.filter(found -> found.id().equals(wanted)))
            .orElseGet(() -> started(atParent, repo, repoCreatedAt, path));
    List<Bytes> added = needsGenesis(atParent, path, genesis) ? List.of(genesis.line()) : List.of();
    VerifyOptions options = options(baseGenesis);
    Verification before = verifier.verify(with(atParent, path, added), options);
    if (before.findings().isEmpty()) {
      checkKey(genesis, before, atBase);
    }
    return new Ground(genesis, added, before, options);
  }

  private static Optional<Entry> chosen(List<Container> containers, @Nullable String wanted) {
    Findings ignored = new Findings();
    LedgerLines lines = LedgerLines.read(containers, ignored);
    return GenesisRule.choose(lines, VerifyOptions.standard().withBaseGenesis(wanted), ignored);
  }

  /** A ledger that somebody made outside of GitHub is none of a repository there. */
  private static boolean isFor(Entry genesis, RepositoryId repo) {
    return repo.isLocal() || !genesis.body().common().repo().isLocal();
  }

  private Entry started(
      List<Container> atParent, RepositoryId repo, @Nullable String repoCreatedAt, String path) {
    Entry genesis = new GenesisWriter(writer, signer).write(repo, repoCreatedAt, path);
    boolean empty = atParent.stream().allMatch(container -> container.bytes().size() == 0);
    if (empty && pinnedGenesis.isPresent() && !pinnedGenesis.get().equals(genesis.id())) {
      throw new UserException(
          "genesis: '"
              + pinnedGenesis.get()
              + "' is pinned, but there is no ledger here; this run would start one with genesis '"
              + genesis.id()
              + "': pin that, or update the branch if the ledger is on the base branch");
    }
    return genesis;
  }

  private VerifyOptions options(Optional<Entry> baseGenesis) {
    VerifyOptions options =
        VerifyOptions.standard()
            .allowingTofu()
            .withPinnedGenesis(pinnedGenesis.orElse(null))
            .withBaseGenesis(baseGenesis.map(Entry::id).orElse(null));
    return signer.isPresent() ? options.requiringSignatures() : options;
  }

  /** A shard can be read by itself until the main file has the genesis. */
  private static boolean needsGenesis(List<Container> containers, String path, Entry genesis) {
    return containers.stream()
        .filter(
            container -> container.path().equals(path) || container.path().equals(Container.MAIN))
        .flatMap(container -> LedgerLines.linesOf(container.bytes()).stream())
        .noneMatch(line -> line.equals(genesis.line()));
  }

  private void checkKey(Entry genesis, Verification atParent, List<Container> atBase) {
    boolean signed = genesis.body() instanceof Body.Genesis root && root.isSigned();
    if (signed && signer.isEmpty()) {
      throw new UserException(
          "signing-key: the ledger is signed, and no key was given; set the input signing-key (or"
              + " OPTR_SIGNING_KEY), or use --no-commit, which records no entry");
    }
    if (!signed) {
      return;
    }
    String key = signer.map(Signer::publicKey).map(SshPublicKey::fingerprint).orElse("");
    if (usableKeys(atParent).contains(key)) {
      return;
    }
    throw new UserException(
        usableKeys(verifier.verify(atBase, VerifyOptions.standard())).contains(key)
            ? "signing-key: '" + key + "' is known on the base branch only; update the branch"
            : "signing-key: '"
                + key
                + "' is no key of this ledger (or is revoked); let a root key add it with 'optr"
                + " ledger append-key', or give the right one");
  }

  private static Set<String> usableKeys(Verification verification) {
    EntryGraph graph = EntryGraph.of(verification.entries().stream().toList());
    Set<String> keyEntries = new HashSet<>();
    for (Entry entry : verification.entries()) {
      if (entry.body() instanceof Body.Key) {
        keyEntries.add(entry.id());
      }
    }
    return KeyHistory.of(graph, keyEntries).usableAt(verification.heads());
  }

  private static Body.Run body(Entry genesis, Verification before, RunEvent event, Instant now) {
    List<Body.Common> parents =
        before.entries().stream()
            .filter(entry -> before.heads().contains(entry.id()))
            .map(entry -> entry.body().common())
            .toList();
    long height = parents.stream().mapToLong(Body.Common::height).max().orElse(-1) + 1;
    // Clocks of runners differ; a child is never before its parents.
    Instant time =
        Stream.concat(
                parents.stream().map(Body.Common::time),
                Stream.of(now.truncatedTo(ChronoUnit.SECONDS)))
            .max(Instant::compareTo)
            .orElse(now);
    RepositoryId own = genesis.body().common().repo();
    RepositoryId repo = event.repo().isSameAs(own) ? event.repo() : own;
    return new Body.Run(
        new Body.Common(height, before.heads(), repo, genesis.id(), time),
        event.decision(),
        event.inputs(),
        event.outputs(),
        event.pr(),
        event.run(),
        event.tool());
  }

  private AppendResult receipt(
      Entry genesis,
      Entry entry,
      List<Bytes> added,
      List<Container> containers,
      String path,
      VerifyOptions options) {
    Verification after =
        verifier.verify(containers, options.checking(VerifyOptions.Signatures.LINKS));
    if (!after.findings().isEmpty()) {
      return new AppendResult.Refused(after);
    }
    Container container = at(containers, path).orElseThrow();
    String root = MerkleTree.root(LedgerLines.linesOf(container.bytes()));
    Trailers trailers = new Trailers(entry.id(), after.heads(), after.size(), root, path);
    return new Receipt(
        entry.id(),
        genesis.id(),
        added,
        container,
        after.heads(),
        after.size(),
        root,
        trailers.text());
  }

  private static List<Container> with(List<Container> containers, String path, List<Bytes> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    at(containers, path).ifPresent(old -> bytes.writeBytes(old.bytes().toArray()));
    for (Bytes line : lines) {
      bytes.writeBytes(line.toArray());
      bytes.write('\n');
    }
    Container fresh = new Container(path, Bytes.of(bytes.toByteArray()));
    return Stream.concat(
            containers.stream().filter(container -> !container.path().equals(path)),
            Stream.of(fresh))
        .toList();
  }

  private static Optional<Container> at(List<Container> containers, String path) {
    return containers.stream().filter(container -> container.path().equals(path)).findFirst();
  }

  private static int lineCount(List<Container> containers, String path) {
    return at(containers, path)
        .map(container -> LedgerLines.linesOf(container.bytes()).size())
        .orElse(0);
  }
}

package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries of runs upon a ledger that it verified first, and verifies the outcome. Writes no
 * file itself: the receipt holds the one that the anchor commit must carry. Key entries are {@link
 * KeyAppender}'s.
 */
public final class LedgerAppender {
  private final LedgerVerifier verifier;
  private final Layout layout;
  private final Optional<Signer> signer;
  private final Optional<String> pinnedGenesis;
  private final LineWriter writer;
  private final Timestamper timestamper;

  public LedgerAppender(
      LedgerVerifier verifier,
      Layout layout,
      Optional<Signer> signer,
      Optional<String> pinnedGenesis) {
    this(verifier, layout, signer, pinnedGenesis, Timestamper.NONE);
  }

  /**
   * @param timestamper attests when entries were made; asked only where they are signed, as those
   *     of an unsigned ledger carry nothing
   */
  public LedgerAppender(
      LedgerVerifier verifier,
      Layout layout,
      Optional<Signer> signer,
      Optional<String> pinnedGenesis,
      Timestamper timestamper) {
    this.verifier = verifier;
    this.layout = layout;
    this.signer = signer;
    this.pinnedGenesis = pinnedGenesis;
    this.writer = new LineWriter(signer);
    this.timestamper = signer.isPresent() ? timestamper : Timestamper.NONE;
  }

  /**
   * The ledger that an entry would be put upon, verified, so that a run can be refused before
   * anybody is asked.
   *
   * @param atParent ledger files of the commit that the anchor is put upon
   * @param atBase those of the base commit, whose genesis counts; none outside of a pull request
   * @param repoCreatedAt as in {@link RunEvent}
   * @throws UserException where key, pin and ledger do not go together
   */
  public VerifiedLedger open(
      List<Container> atParent,
      List<Container> atBase,
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      @Nullable PullRequestRef pr) {
    VerifiedLedger ledger = begun(atParent, atBase, repo, repoCreatedAt, pr);
    requireKey(ledger, atBase);
    return ledger;
  }

  /**
   * The same ledger, verified for somebody who appends nothing: no key is needed.
   *
   * @throws UserException where pin and ledger do not go together
   */
  public Verification look(
      List<Container> atParent,
      List<Container> atBase,
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      @Nullable PullRequestRef pr) {
    return begun(atParent, atBase, repo, repoCreatedAt, pr).verification();
  }

  private VerifiedLedger begun(
      List<Container> atParent,
      List<Container> atBase,
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      @Nullable PullRequestRef pr) {
    String path = layout.container(pr);
    Ledger found = ledger(atParent, atBase, repo);
    Entry genesis = found.genesis().orElseGet(() -> start(found, repo, repoCreatedAt, path));
    return verified(found, genesis, path);
  }

  /** True where entries are signed, so that the genesis id of a new ledger is worth pinning. */
  public boolean signs() {
    return signer.isPresent();
  }

  /**
   * Appends one entry, and before it the genesis where the container needs one. A run starts the
   * ledger where there is none; executions and outcomes are of decisions that are there.
   *
   * @param atParent ledger files of the commit that the entry is put upon
   * @param atBase those of the base commit, whose genesis counts; none outside of a pull request
   * @throws UserException where key, pin and ledger do not go together
   */
  public AppendResult append(
      List<Container> atParent, List<Container> atBase, LedgerEvent event, Instant now) {
    String path = layout.container(event.pr());
    Ledger found = ledger(atParent, atBase, event.repo());
    Entry genesis = found.genesis().orElseGet(() -> started(found, event, path));
    VerifiedLedger ledger = verified(found, genesis, path);
    requireKey(ledger, atBase);
    return append(ledger, event, now);
  }

  /**
   * Appends one entry to a ledger that was opened for it. However long the ledger is, this reads
   * its heads, the entries of the same act and the one container that the line goes to.
   */
  public AppendResult append(VerifiedLedger ledger, LedgerEvent event, Instant now) {
    Verification before = ledger.verification();
    if (!before.findings().isEmpty()) {
      return new AppendResult.Refused(before);
    }
    String path = ledger.path();
    int line = ledger.files().lineCount(path) + 1;
    Entry entry = stamped(writer.write(body(ledger.genesis(), before, event, now), path, line));
    List<Finding> findings = new NextEntry(ledger, entry).findings();
    if (!findings.isEmpty()) {
      return new AppendResult.Refused(before.with(findings));
    }
    return Receipt.of(
        ledger.files().with(path, List.of(entry.line())),
        path,
        ledger.genesis().id(),
        entry.id(),
        Stream.concat(ledger.added().stream(), Stream.of(entry.line())).toList(),
        List.of(entry.id()),
        before.size() + 1);
  }

  private Entry stamped(Entry entry) {
    return timestamper
        .stamp(entry.id())
        .flatMap(token -> LineWriter.stamped(entry, token))
        .orElse(entry);
  }

  /**
   * The ledger of a commit before anything is added.
   *
   * @param genesis the one that counts, where there is one
   */
  private record Ledger(
      LedgerFiles files, LedgerLines lines, Optional<Entry> genesis, Optional<Entry> baseGenesis) {}

  private Ledger ledger(List<Container> atParent, List<Container> atBase, RepositoryId repo) {
    Optional<Entry> baseGenesis = chosen(LedgerLines.read(atBase, new Findings()), null);
    String wanted = pinnedGenesis.or(() -> baseGenesis.map(Entry::id)).orElse(null);
    LedgerLines lines = LedgerLines.read(atParent, new Findings());
    Optional<Entry> genesis =
        chosen(lines, wanted)
            .filter(found -> wanted != null || isFor(found, repo))
            .or(() -> baseGenesis.filter(found -> found.id().equals(wanted)));
    return new Ledger(new LedgerFiles(atParent), lines, genesis, baseGenesis);
  }

  private static Optional<Entry> chosen(LedgerLines lines, @Nullable String wanted) {
    return GenesisRule.choose(
        lines, VerifyOptions.standard().withBaseGenesis(wanted), new Findings());
  }

  /** A ledger that somebody made outside of GitHub is none of a repository there. */
  private static boolean isFor(Entry genesis, RepositoryId repo) {
    return repo.isLocal() || !genesis.body().common().repo().isLocal();
  }

  private Entry started(Ledger ledger, LedgerEvent event, String path) {
    return switch (event) {
      case RunEvent run -> start(ledger, run.repo(), run.repoCreatedAt(), path);
      case ExecutionEvent _, OutcomeEvent _ ->
          throw new UserException(
              "there is no ledger here, so no decision either; run 'optr run' first");
    };
  }

  private Entry start(
      Ledger ledger, RepositoryId repo, @Nullable String repoCreatedAt, String path) {
    List<SshPublicKey> keys = signer.map(Signer::publicKey).stream().toList();
    Body.Genesis body = GenesisWriter.body(repo, repoCreatedAt, keys, keys.size(), keys);
    Entry genesis = writer.write(body, path, 1);
    if (ledger.files().isEmpty()
        && pinnedGenesis.isPresent()
        && !pinnedGenesis.get().equals(genesis.id())) {
      throw new UserException(
          "genesis: '"
              + pinnedGenesis.get()
              + "' is pinned, but there is no ledger here; this run would start one with genesis '"
              + genesis.id()
              + "': pin that, or update the branch if the ledger is on the base branch");
    }
    return genesis;
  }

  private VerifiedLedger verified(Ledger ledger, Entry genesis, String path) {
    List<Bytes> added =
        ledger.lines().needsGenesis(path, genesis) ? List.of(genesis.line()) : List.of();
    LedgerFiles files = ledger.files().with(path, added);
    Verification before = verifier.verify(files.containers(), options(ledger.baseGenesis()));
    return new VerifiedLedger(genesis, files, path, added, before);
  }

  private VerifyOptions options(Optional<Entry> baseGenesis) {
    VerifyOptions options =
        VerifyOptions.standard()
            .allowingTofu()
            .withPinnedGenesis(pinnedGenesis.orElse(null))
            .withBaseGenesis(baseGenesis.map(Entry::id).orElse(null));
    return signer.isPresent() ? options.requiringSignatures() : options;
  }

  private void requireKey(VerifiedLedger ledger, List<Container> atBase) {
    if (ledger.verification().findings().isEmpty()) {
      requireKey(ledger.genesis(), ledger.verification(), atBase);
    }
  }

  private void requireKey(Entry genesis, Verification atParent, List<Container> atBase) {
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
    return LedgerKeys.of(verification).usable();
  }

  private static Body body(Entry genesis, Verification before, LedgerEvent event, Instant now) {
    RepositoryId own = genesis.body().common().repo();
    RepositoryId repo = event.repo().isSameAs(own) ? event.repo() : own;
    Body.Common common = EntryPlace.upon(before, repo, genesis.id(), now);
    return switch (event) {
      case RunEvent run ->
          new Body.Run(
              common, run.decision(), run.inputs(), run.outputs(), run.pr(), run.run(), run.tool());
      case ExecutionEvent execution ->
          new Body.Execution(
              common,
              execution.entry(),
              execution.head(),
              execution.tree(),
              execution.pr(),
              execution.run(),
              execution.tool());
      case OutcomeEvent outcome ->
          new Body.Outcome(
              common,
              outcome.entry(),
              outcome.result(),
              outcome.commit(),
              outcome.pr(),
              outcome.run(),
              outcome.tool());
    };
  }
}

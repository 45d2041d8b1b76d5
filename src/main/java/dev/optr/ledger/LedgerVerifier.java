package dev.optr.ledger;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies bare ledger files, without a repository. Reads like docs/ledger-format.md, section 5:
 * every step reports all that it finds, and no step is skipped because an earlier one found
 * something.
 */
public final class LedgerVerifier {
  private final Scanning scanning;
  private final InOrder workers;

  public LedgerVerifier() {
    this(Scanning.standard());
  }

  LedgerVerifier(Scanning scanning) {
    this.scanning = scanning;
    this.workers = new InOrder(scanning.workers());
  }

  /** Verifies the union of the containers. */
  public Verification verify(List<Container> containers, VerifyOptions options) {
    Findings findings = new Findings();
    // 1, 2. Every line: JSON, profile, one spelling, right id, once in its file.
    LedgerLines lines = LedgerLines.read(containers, findings, scanning);
    // 3. One genesis, decided from outside where possible; all lines are of its ledger.
    Optional<Entry> genesis = GenesisRule.choose(lines, options, findings);
    BitSet own = GenesisRule.ownRows(lines, genesis.orElse(null), findings);
    // 4. Every link, not the ends of a chain: a gap in the middle hides as much as one at the end.
    EntryGraph graph = EntryGraph.of(lines.table(), own);
    LinkRules links = new LinkRules(lines, graph, findings);
    links.checkParents(own);
    links.checkHeightsAndTimes();
    links.checkSubjects();
    // 5. Keys, roles, revocations, signatures; nobody can be believed without a genesis.
    genesis.ifPresent(
        first ->
            new SignatureRules(lines, graph, root(first), findings).check(own, options, workers));
    genesis.ifPresent(first -> checkIsSigned(first, options, findings));
    // 6. A run says one thing.
    links.checkEquivocation();
    // 7. What was seen before must still be there.
    checkMemory(graph, options, findings);
    return verdict(genesis.orElse(null), lines, graph, options, findings);
  }

  /**
   * Id of the genesis that a commit's own containers begin with, for {@link
   * VerifyOptions#baseGenesis()}.
   */
  public static Optional<String> genesisOf(List<Container> containers) {
    Findings ignored = new Findings();
    return GenesisRule.choose(
            LedgerLines.read(containers, ignored), VerifyOptions.standard(), ignored)
        .map(Entry::id);
  }

  /** Ids of every entry that the files hold, whatever is to be said against it. */
  public static Set<String> idsOf(List<Container> containers) {
    EntryTable table = LedgerLines.read(containers, new Findings()).table();
    return IntStream.range(0, table.size())
        .mapToObj(table::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Body.Genesis root(Entry genesis) {
    if (genesis.body() instanceof Body.Genesis root) {
      return root;
    }
    throw new IllegalArgumentException("not a genesis: " + genesis.id());
  }

  private static void checkIsSigned(Entry genesis, VerifyOptions options, Findings findings) {
    boolean wanted = options.signatureRequired() || options.pinnedGenesis() != null;
    if (!root(genesis).isSigned() && wanted) {
      findings.add(
          genesis.finding(
              Code.E_NO_TRUSTED_SIG,
              "the ledger is not signed, and a signing key or a pinned genesis was given"));
    }
  }

  private static void checkMemory(EntryGraph graph, VerifyOptions options, Findings findings) {
    Set<String> seenBefore = new TreeSet<>();
    Stream.of(options.expectedHead(), options.since())
        .flatMap(Stream::ofNullable)
        .forEach(seenBefore::add);
    for (String id : seenBefore) {
      if (graph.find(id).isEmpty()) {
        findings.add(Code.E_ROLLBACK, "the entry '" + id + "' was here and is not any more");
      }
    }
    if (graph.size() < options.expectedSize()) {
      findings.add(
          Code.E_ROLLBACK,
          "there were " + options.expectedSize() + " entries, now there are " + graph.size());
    }
    if (seenBefore.isEmpty() && graph.size() > 0) {
      findings.add(Code.W_NO_OUTSIDE_MEMORY, Code.W_NO_OUTSIDE_MEMORY.sentence());
    }
  }

  private static Verification verdict(
      @Nullable Entry genesis,
      LedgerLines lines,
      EntryGraph graph,
      VerifyOptions options,
      Findings findings) {
    Trust trust = trust(genesis, options);
    List<String> heads = graph.heads();
    warnOfOpenHeads(heads, findings);
    if (trust == Trust.TOFU) {
      findings.add(Code.W_TOFU, Code.W_TOFU.sentence());
    } else if (trust == Trust.NONE && genesis != null) {
      findings.add(Code.W_UNSIGNED, Code.W_UNSIGNED.sentence());
    }
    boolean undecided = genesis == null || (trust == Trust.TOFU && !options.allowTofu());
    return new Verification(
        !findings.findings().isEmpty()
            ? Verification.Result.TAMPERED
            : undecided ? Verification.Result.UNDECIDED : Verification.Result.OK,
        trust,
        genesis == null ? null : genesis.id(),
        graph.size(),
        heads,
        findings.findings(),
        findings.warnings(),
        Entries.of(lines, graph, findings.suspects()));
  }

  static void warnOfOpenHeads(List<String> heads, Findings findings) {
    if (heads.size() > 1) {
      findings.add(Code.W_OPEN_HEADS, "the ledger has " + heads.size() + " heads");
    }
  }

  private static Trust trust(@Nullable Entry genesis, VerifyOptions options) {
    if (genesis == null || !(genesis.body() instanceof Body.Genesis root) || !root.isSigned()) {
      return Trust.NONE;
    }
    if (options.pinnedGenesis() != null) {
      return Trust.PINNED;
    }
    return options.baseGenesis() != null ? Trust.BASE : Trust.TOFU;
  }
}

package dev.optr.record;

import dev.optr.base.Redactor;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Examined;
import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes proposals down as the documents that {@link Recorder} writes of them once one is selected,
 * with no score yet, and what was found out about the frozen commit as a document of its own. Our
 * own credentials are redacted or withheld as there.
 */
public final class ProposalsWriter {
  /** What was found out about the frozen commit. */
  public static final String HEAD = "head.json";

  private static final DataLakePaths PATHS = DataLakePaths.here();

  private final Redactor redactor;

  public ProposalsWriter(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Sorted by path, which is from a directory that is about these proposals alone. */
  public List<Document> write(Proposals proposals) {
    Prose prose = new Prose(redactor);
    AgentOutput agentOutput =
        new AgentOutput(
            prose, new Withholding(redactor), proposals.intent(), proposals.transcriptDigests());
    LaneDocuments lanes = new LaneDocuments(proposals.workflow(), PATHS, agentOutput);
    List<Document> documents = new ArrayList<>();
    documents.add(new Document(PATHS.workflowFile(), proposals.workflow().source()));
    documents.add(Document.json(PATHS.intent(), proposals.intent().document()));
    documents.add(Document.json(HEAD, new EvidenceJson(prose).head(proposals.head())));
    for (Examined lane : proposals.lanes()) {
      documents.addAll(lanes.of(new Ranked(lane, null, null)));
    }
    documents.sort(Comparator.comparing(Document::path));
    return List.copyOf(documents);
  }
}

package dev.optr.record;

import dev.optr.datalake.DataLakePaths;
import dev.optr.selection.Ranked;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** What is written down of one lane. */
record LaneDocuments(Workflow workflow, DataLakePaths paths, AgentOutput agentOutput) {
  List<Document> of(Ranked lane) {
    String agent = lane.examined().candidate().agent();
    List<Document> documents = new ArrayList<>();
    documents.add(Document.json(paths.agentOutput(agent), agentOutput.document(lane)));
    if (Recorder.storesTranscripts(workflow)) {
      agentOutput
          .transcript(lane.examined())
          .map(bytes -> new Document(paths.transcript(agent), bytes))
          .ifPresent(documents::add);
    }
    return documents;
  }
}

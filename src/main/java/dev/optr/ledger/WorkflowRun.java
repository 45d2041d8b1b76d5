package dev.optr.ledger;

/**
 * The run that wrote an entry.
 *
 * @param id 1 to 2^53-1: the Actions run id, or a random one
 * @param attempt from 1
 */
public record WorkflowRun(long id, int attempt, String event, String workflow, String actor) {}

package dev.optr.agents;

import dev.optr.workflow.AgentSpec;

/** A configured lane and who answers in it. */
public record Lane(AgentSpec spec, Agent agent) {}

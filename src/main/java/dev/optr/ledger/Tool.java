package dev.optr.ledger;

/** The program that wrote an entry. */
public record Tool(String name, String version) {}

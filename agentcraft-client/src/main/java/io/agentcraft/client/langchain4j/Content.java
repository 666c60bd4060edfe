package io.agentcraft.client.langchain4j;

/** How much is published of the texts that pass through agents. Everybody who watches the server can read them. */
public enum Content {

  /** Nothing: who is at work, and of a failure its type. */
  NONE,

  /**
   * What the program's code says: descriptions of agents, names of inputs, tools and outputs, messages of exceptions. No
   * values.
   */
  SUMMARY,

  /** The values as well: inputs, arguments of tools, outputs. */
  FULL
}

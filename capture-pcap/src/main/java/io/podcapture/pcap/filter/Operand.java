package io.podcapture.pcap.filter;

/** What was read so far of a filter, between two operators or parentheses. */
sealed interface Operand {
    /** A number that may still be a name or be computed with. */
    record Plain(Token token) implements Operand {}

    record Computed(Arithmetic.Operand number) implements Operand {}

    /**
     * What holds or not.
     *
     * @param qualifiers for a name to the right of it that has none
     * @param named whether it is made of names alone, without words in front of them
     */
    record Held(Condition condition, Qualifiers qualifiers, boolean named) implements Operand {}
}

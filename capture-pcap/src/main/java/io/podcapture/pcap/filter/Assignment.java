package io.podcapture.pcap.filter;

import java.util.List;

/**
 * Sets scratch words.
 *
 * @param words numbers of the words
 * @param values as many, computed one after the other
 */
record Assignment(List<Integer> words, List<Quantity> values) implements Action {}

package io.podcapture.pcap;

/** Packets are further out of order than a search by time bears. Does not leave this package. */
final class NotOrderedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotOrderedException() {
        super("packets are out of order by more than " + TimeSearch.MARGIN_NANOS + " ns");
    }
}

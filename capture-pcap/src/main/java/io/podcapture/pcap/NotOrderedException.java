package io.podcapture.pcap;

/** A search by time cannot be relied on: the message says why. Does not leave this package. */
final class NotOrderedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** For packets further out of order than the search bears. */
    NotOrderedException() {
        this("packets are out of order by more than " + TimeSearch.MARGIN_NANOS + " ns");
    }

    NotOrderedException(String why) {
        super(why);
    }

    /** For further file headers, behind which times and link type are others. */
    static NotOrderedException glued() {
        return new NotOrderedException("it is several files glued together");
    }
}

package io.podcapture.pcap;

/**
 * What a {@link PacketCursor} does where octets of a file are not what its format demands. A file that merely ends too
 * early is not damaged, but cut: see {@link PacketCursor#truncation()}.
 *
 * @since 0.1
 */
public enum DamagePolicy {
    /** Throws {@link PcapFormatException}, as it does at a cut. */
    HALT,

    /** Ends before the damage, as at the end of the file. */
    STOP,

    /**
     * Goes on at the next place from which records or blocks follow one another, and counts what it passed over.
     *
     * <p>Such a place needs eight of them in a row, or as many as there are up to the end of the file, with lengths,
     * fractions and times like those before. It is not within one packet's reach, so that packets which a packet carries
     * as its payload are not taken for the file's own, unless nothing else is found there, or they fit between the
     * times before and after. A record whose length leads nowhere, while others begin within it, is damage too, and so
     * are 32 zero octets where a record is due. To tell, one record is read ahead, and at damage up to 700
     * KiB; up to 6 MiB are held until that is passed.
     */
    RESYNC
}

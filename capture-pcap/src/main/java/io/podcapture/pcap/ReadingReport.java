package io.podcapture.pcap;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file came upon that was not as its format demands.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class ReadingReport {
    private final long damagedPlaces;
    private final long resyncs;
    private final long damagedOctets;
    private final long normalizedTimes;
    private final long raisedLengths;
    private final long endOffset;
    private final Optional<PcapFormatException> damage;
    private final Optional<PcapFormatException> truncation;

    ReadingReport(PacketCursor cursor) {
        damagedPlaces = cursor.damagedPlaces();
        resyncs = cursor.resyncs();
        damagedOctets = cursor.damagedOctets();
        normalizedTimes = cursor.normalizedTimes();
        raisedLengths = cursor.raisedLengths();
        endOffset = cursor.offset();
        damage = cursor.damage();
        truncation = cursor.truncation();
    }

    /** Of a file that was not read, for it may have ended within its header. */
    ReadingReport(@Nullable IOException failure) {
        damagedPlaces = 0;
        resyncs = 0;
        damagedOctets = 0;
        normalizedTimes = 0;
        raisedLengths = 0;
        endOffset = 0;
        damage = Optional.empty();
        truncation =
                failure instanceof PcapFormatException cut && cut.truncated() ? Optional.of(cut) : Optional.empty();
    }

    /** {@return whether the file was whole to its end, and nothing was damaged} */
    public boolean whole() {
        return damagedPlaces == 0 && truncation.isEmpty();
    }

    /** {@return at how many places octets were not what the format demands; a cut is none} */
    public long damagedPlaces() {
        return damagedPlaces;
    }

    /** {@return how often reading went on after damage} */
    public long resyncs() {
        return resyncs;
    }

    /** {@return how many octets were passed over as damaged} */
    public long damagedOctets() {
        return damagedOctets;
    }

    /** {@return how many times had a fraction of a second or more, and were carried over} */
    public long normalizedTimes() {
        return normalizedTimes;
    }

    /** {@return how many original lengths were below the captured one, and were raised to it} */
    public long raisedLengths() {
        return raisedLengths;
    }

    /** {@return up to which octet it was read, in a gzip file of what it holds} */
    public long endOffset() {
        return endOffset;
    }

    /** {@return the first damage} */
    public Optional<PcapFormatException> damage() {
        return damage;
    }

    /** {@return where the file ends within a packet, as when the capturing program was killed} */
    public Optional<PcapFormatException> truncation() {
        return truncation;
    }

    @Override
    public String toString() {
        if (whole()) {
            return "whole";
        }
        String damaged = damagedPlaces + " places damaged, " + damagedOctets + " octets passed over";
        return truncation.isPresent() ? damaged + ", cut at the end" : damaged;
    }
}

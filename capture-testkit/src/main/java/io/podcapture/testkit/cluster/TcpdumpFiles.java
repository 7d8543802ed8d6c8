package io.podcapture.testkit.cluster;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that tcpdump writes: one, or several that take turns by {@code -C} and {@code -W}.
 *
 * @param name of the only one, and what the others begin with; {@code -} is standard output
 * @param octets with more than that in one, the next packet goes into the next
 * @param count how many there are before the first is written anew
 * @param digits of the number in their names, with zeros in front; none where the first has no number
 */
record TcpdumpFiles(String name, long octets, long count, int digits) {
    private static final long MEGABYTE = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    static TcpdumpFiles of(Map<String, String> options) throws TcpdumpArguments.Refused {
        String name = options.getOrDefault("-w", "-");
        long octets = options.containsKey("-C") ? octets(options.get("-C")) : Long.MAX_VALUE;
        long count = options.containsKey("-W") ? count(options.get("-W")) : Long.MAX_VALUE;
        boolean numbered = options.containsKey("-C") && options.containsKey("-W") && count > 1;
        // As many digits as the last number has.
        return new TcpdumpFiles(
                name, octets, count, numbered ? Long.toString(count - 1).length() : 0);
    }

    private static long octets(String megabytes) throws TcpdumpArguments.Refused {
        long size = 0;
        try {
            size = Long.parseLong(megabytes);
        } catch (NumberFormatException e) {
            // Refused as a size of nothing is.
        }
        if (size <= 0) {
            throw new TcpdumpArguments.Refused("invalid file size " + megabytes);
        }
        if (size > Long.MAX_VALUE / MEGABYTE) {
            throw new TcpdumpArguments.Refused("file size " + megabytes + " is too large");
        }
        return size * MEGABYTE;
    }

    // Whatever is behind the digits is passed over.
    private static long count(String files) throws TcpdumpArguments.Refused {
        Matcher digits = NUMBER.matcher(files);
        long count = digits.lookingAt() ? Long.parseLong(digits.group()) : 0;
        if (count == 0) {
            throw new TcpdumpArguments.Refused("invalid number of output files " + files);
        }
        return count;
    }

    /** Returns the name of a file, by its number from 0 on. */
    String file(long number) {
        if (digits == 0 && number == 0) {
            return name;
        }
        String last = Long.toString(number);
        return name + "0".repeat(Math.max(0, digits - last.length())) + last;
    }
}

<?php
/**
 * How often somebody may be wrong.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Counts failed passwords by address and account together, and by account alone, for a quarter of an hour. */
final class Attempts {

	/** So many for one account from one address, and for one account from wherever. */
	const FROM_ONE_ADDRESS = 10;
	const FROM_ALL         = 100;

	/** How long a failure counts, in seconds. */
	const WINDOW = 900;

	/**
	 * The names of the counters, with their bounds.
	 *
	 * @var array<string, int>
	 */
	private $bounds;

	/**
	 * The attempts of somebody.
	 *
	 * @param string $account the account that is guessed at.
	 * @param string $address where they are.
	 */
	public function __construct( string $account, string $address ) {
		$this->bounds = array(
			self::key( $account . '|' . $address ) => self::FROM_ONE_ADDRESS,
			self::key( $account )                  => self::FROM_ALL,
		);
	}

	/** How long to wait for the next attempt, in seconds; 0: it may be now. */
	public function wait(): int {
		$wait = 0;
		foreach ( $this->bounds as $key => $bound ) {
			list( $count, $ends ) = self::read( $key );
			if ( $count >= $bound ) {
				$wait = max( $wait, $ends - time() );
			}
		}
		return $wait;
	}

	/** Counts a failure. */
	public function failed(): void {
		foreach ( array_keys( $this->bounds ) as $key ) {
			list( $count, $ends ) = self::read( $key );
			set_transient( $key, array( $count + 1, $ends ), max( 1, $ends - time() ) );
		}
	}

	/** Forgets the failures from this address, since the password was right. */
	public function forget(): void {
		delete_transient( (string) array_key_first( $this->bounds ) );
	}

	/**
	 * A counter.
	 *
	 * @param string $key its name.
	 * @return array{int, int} how many, and when they are forgotten, in seconds.
	 */
	private static function read( string $key ): array {
		$kept = get_transient( $key );
		return is_array( $kept ) && $kept[1] > time() ? $kept : array( 0, time() + self::WINDOW );
	}

	/**
	 * The name of a counter, of which nobody can read whose it is.
	 *
	 * @param string $text whose it is.
	 */
	private static function key( string $text ): string {
		return 'meerkat_chat_tries_' . substr( wp_hash( $text ), 0, 32 );
	}
}
